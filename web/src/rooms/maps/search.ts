/** What the address of a map says: the view, the form, what is measured, what is selected. */
export type Panel = 'findings' | 'mapping' | 'scenarios';
export type Shape = 'dessin' | 'liste';
export interface MapSearch {
  vue?: string;
  forme?: Shape;
  journal?: string;
  element?: string;
}
