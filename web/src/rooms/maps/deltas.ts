/** What the to-be does otherwise than the as-is, element by element: added, moved, other criteria, otherwise changed. */
import type { Delta } from '@/canvas/graph';
import type { MapDoc, Passage, Step } from '@/client/maps';

/** Each step of the to-be that the as-is lacks or says otherwise. */
export const deltasOf = (map: MapDoc, against: MapDoc | undefined): Map<string, Delta> => {
  const known = new Map(against?.steps.map((each) => [each.id, each]));
  return new Map(map.steps.map((step) => [step.id, against ? stepDelta(step, known.get(step.id)) : null]));
};
/** Each passage of the to-be that the as-is lacks, or takes under other criteria, or otherwise. */
export const passageDeltasOf = (map: MapDoc, against: MapDoc | undefined): Map<string, Delta> => {
  const known = new Map(against?.passages.map((each) => [`${each.source}>${each.target}`, each]));
  const deltaOf = (each: Passage) => (against ? passageDelta(each, known.get(`${each.source}>${each.target}`)) : null);
  return new Map(map.passages.map((each) => [each.id, deltaOf(each)]));
};
function stepDelta(step: Step, other: Step | undefined): Delta {
  if (!other) return 'added';
  if (step.lane !== other.lane || step.phase !== other.phase) return 'moved';
  if (!same(criteria(step), criteria(other))) return 'criteria';
  return same(step, other) ? null : 'changed';
}
function passageDelta(way: Passage, other: Passage | undefined): Delta {
  if (!other) return 'added';
  if (!same({ ...way.before?.condition }, { ...other.before?.condition })) return 'criteria';
  return same({ ...way, id: '' }, { ...other, id: '' }) ? null : 'changed';
}
const criteria = ({ entry, exit }: Step) => ({ entry, exit });
const same = (one: unknown, other: unknown) => JSON.stringify(told(one)) === JSON.stringify(told(other));

/** A value without what says nothing, its properties in one order. */
function told(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(told);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value)
    .map(([name, held]) => [name, told(held)] as const)
    .filter(([, held]) => !isEmpty(held))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}
const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
