/** What the layout of a map costs at 100, 500 and 2,000 steps, beside copying the same map: `npm run bench`. */
import { bench, describe } from 'vitest';
import type { Graph } from './graph';
import { layOut } from './layout';

const LANES = 6;
const PHASES = 8;
/** A map of so many steps: a long flow across lanes and phases, a way on for one in five, a way back for one in ten. */
function drawn(count: number): Graph {
  const at = (n: number) => `s${n}`;
  const flow = (source: number, target: number) => ({
    id: `${source}-${target}`,
    source: at(source),
    target: at(target),
  });
  return {
    lanes: Array.from({ length: LANES }, (_, n) => ({ id: `l${n}`, label: `Acteur ${n}`, hue: n * 40 })),
    phases: Array.from({ length: PHASES }, (_, n) => ({ id: `p${n}`, label: `Phase ${n}` })),
    steps: Array.from({ length: count }, (_, n) => ({
      id: at(n),
      label: `Étape ${n}`,
      lane: `l${Math.floor(n / 3) % LANES}`,
      phase: `p${Math.floor((n * PHASES) / count)}`,
      shape: 'step' as const,
    })),
    flows: Array.from({ length: count - 1 }, (_, n) => [
      flow(n, n + 1),
      ...(n % 5 === 0 && n + 3 < count ? [flow(n, n + 3)] : []),
      ...(n % 10 === 9 ? [flow(n, n - 4)] : []),
    ]).flat(),
  };
}
describe.each([100, 500, 2_000])('%i steps', (count) => {
  const graph = drawn(count);
  const raw = JSON.stringify(graph);
  bench('the same map read from JSON', () => void JSON.parse(raw), { time: 500 });
  bench('laid out', () => void layOut(graph), { time: 500 });
});
