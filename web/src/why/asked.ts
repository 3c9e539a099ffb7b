/** The part of the CRM that one asks about. */
export interface Asked {
  theme: 'fields' | 'stages' | 'passages' | 'rules' | 'roles' | 'promises' | 'pipelines' | 'measures' | 'boards';
  /** The uids of the part, the outer one first. */
  path: string;
}
export type LocalTheme = 'objects' | 'fields' | 'choices' | 'stages' | 'pipelines';
/** Whether a part may be called otherwise here than on the map. */
export const mayBeLocal = (theme: Asked['theme']): theme is Exclude<LocalTheme, 'objects' | 'choices'> =>
  theme === 'fields' || theme === 'stages' || theme === 'pipelines';
