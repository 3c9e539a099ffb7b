/** Who does, who decides and who is informed, step by step and phase by phase. */
import type { MapDoc, Step } from '@/client/maps';

export interface Duty {
  step: Step;
  does: string[];
  decides: string[];
  informed: string[];
}
export interface PhaseDuties {
  id: string;
  label: string;
  duties: Duty[];
  /** Whether anybody is named to decide in the phase. */
  decided: boolean;
}
const once = (names: string[]) => [...new Set(names.filter(Boolean))];

/** `nameOf` gives the words of a role. A decision that names nobody is taken by who plays it. */
export function dutiesOf(map: MapDoc, nameOf: (role: string) => string): PhaseDuties[] {
  const lanes = new Map(map.lanes.map((lane) => [lane.id, lane]));
  const dutyOf = (step: Step): Duty => {
    const lane = lanes.get(step.lane);
    const others = (step.actors ?? []).filter((role) => role !== lane?.role);
    const does = once([lane?.label ?? '', ...others.map(nameOf)]);
    const named = once((step.decides ?? []).map(nameOf));
    const chosen = step.kind === 'decision' || step.kind === 'gateway';
    return {
      step,
      does,
      decides: named.length || !chosen ? named : does,
      informed: once((step.informed ?? []).map(nameOf)),
    };
  };
  return map.phases
    .map(({ id, label }) => {
      const duties = map.steps.filter((step) => step.phase === id).map(dutyOf);
      return { id, label, duties, decided: duties.some((each) => each.decides.length > 0) };
    })
    .filter((phase) => phase.duties.length > 0);
}
