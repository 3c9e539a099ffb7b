/** What drawing together needs, loaded once the map is on screen. */
export { Channel } from './channel';
export { Store } from './store';
