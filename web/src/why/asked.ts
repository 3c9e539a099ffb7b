/** The part of the CRM that one asks about. */
export interface Asked {
  theme: 'fields' | 'stages' | 'passages' | 'rules' | 'roles' | 'promises' | 'pipelines';
  /** The uids of the part, the outer one first. */
  path: string;
}
