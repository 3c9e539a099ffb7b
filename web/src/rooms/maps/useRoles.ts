/** The roles that a map may name: those of the company, and those that its lanes bring. */
import { useSchema, wordsOf } from '@/client/blueprint';
import type { MapDoc } from '@/client/maps';
import { useTranslation } from './texts';

export interface RoleChoice {
  value: string;
  label: string;
}
export function useRoles(map: MapDoc): { choices: RoleChoice[]; nameOf: (role: string) => string } {
  const { i18n } = useTranslation('maps');
  const known = useSchema().data?.roles ?? [];
  const names = new Map(known.map((each) => [each.uid, wordsOf(each.label, i18n.language)]));
  for (const lane of map.lanes) if (lane.role && !names.has(lane.role)) names.set(lane.role, lane.label);
  const named = map.steps.flatMap((step) => [step.actors, step.decides, step.informed].flatMap((each) => each ?? []));
  for (const role of named) if (!names.has(role)) names.set(role, role);
  return {
    choices: [...names].map(([value, label]) => ({ value, label })),
    nameOf: (role) => names.get(role) ?? role,
  };
}
