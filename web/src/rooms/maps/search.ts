/** What the address of a map says: the view, the form, what is measured, what is selected. */
export type Panel =
  'findings' | 'mapping' | 'scenarios' | 'discussions' | 'review' | 'workshop' | 'deviations' | 'winning' | 'foresight';
export const PANELS = { revue: 'review', scenarios: 'scenarios' } as const;
export const SHAPES = ['dessin', 'parcours', 'donnees', 'roles', 'liste'] as const;
export type Shape = (typeof SHAPES)[number];
export interface MapSearch {
  vue?: string;
  forme?: Shape;
  journal?: string;
  element?: string;
  /** The map that this one was opened from, and at which step. */
  depuis?: string;
  retour?: string;
  /** The part of the panel that is open first. */
  onglet?: 'discussions';
  /** The panel that is open first. */
  panneau?: keyof typeof PANELS;
  /** The scenario that is open first, to be written on. */
  scenario?: string;
}
