/** Which requirements are shown: what the address says. */
import type { Requirement } from './queries';

export interface Asked {
  carte?: string;
  niveau?: string;
  genre?: string;
  phase?: string;
  mots?: string;
  /** Only what changed since the last version, or only what answers an irritant. */
  seulement?: 'changees' | 'irritants';
}
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
export const fits = (one: Requirement, asked: Asked): boolean =>
  (!asked.carte || one.map === asked.carte) &&
  (!asked.niveau || one.level === asked.niveau) &&
  (!asked.genre || one.kind === asked.genre) &&
  (!asked.phase || String(one.rollout) === asked.phase) &&
  (asked.seulement !== 'changees' || one.change !== 'same') &&
  (asked.seulement !== 'irritants' || one.answers.length > 0) &&
  (!asked.mots ||
    fold([one.reference, one.text, one.step, one.role, ...one.answers].join(' ')).includes(fold(asked.mots)));
