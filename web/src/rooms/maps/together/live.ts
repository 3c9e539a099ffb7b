/** What drawing together needs, loaded once the map is on screen. */
export { Channel } from './channel';
export { Shelf } from './shelf';
export { Store } from './store';
