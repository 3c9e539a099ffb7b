/** Copying a part of a map, and pasting it, here or on another map; a pasted list becomes a branch. */
import type { Lane, MapDoc, MapLayout, Passage, Step } from '@/client/maps';
import { addStep, freshId, idFrom, type Places, placedAt } from './model';
import type { Drawing } from './together/document';

export interface Clip {
  steps: Step[];
  passages: Passage[];
  lanes: Lane[];
  phases: MapDoc['phases'];
  places: Places;
}
export interface Pasted {
  drawing: Drawing;
  ids: string[];
}
/** How far from the original a copy stands. */
const ASIDE = 40;
const MOST_LINES = 200;

/** The steps of these ids, the passages between them, and what they stand on. */
export function clipOf(map: MapDoc, chosen: ReadonlySet<string>, places: Places): Clip {
  const steps = map.steps.filter((each) => chosen.has(each.id));
  const used = new Set(steps.flatMap((each) => [each.lane, each.phase]));
  return {
    steps,
    passages: map.passages.filter((each) => chosen.has(each.source) && chosen.has(each.target)),
    lanes: map.lanes.filter((each) => used.has(each.id)),
    phases: map.phases.filter((each) => used.has(each.id)),
    places: Object.fromEntries(Object.entries(places).filter(([id]) => chosen.has(id))),
  };
}
/** Puts a clip on a map, under ids of its own; what it stands on is found by its label, or comes with it. */
export function paste({ map, layout }: Drawing, clip: Clip): Pasted {
  const taken = [...map.lanes, ...map.phases].map((each) => each.id);
  const [lanes, lane] = grounds(map.lanes, clip.lanes, taken);
  const [phases, phase] = grounds(map.phases, clip.phases, [...taken, ...lanes.map((each) => each.id)]);
  const renamed = new Map(clip.steps.map((each) => [each.id, freshId('s')]));
  const begins = !map.steps.some((each) => each.begins);
  const steps = clip.steps.map((each) => ({
    ...each,
    id: renamed.get(each.id)!,
    lane: lane.get(each.lane)!,
    phase: phase.get(each.phase)!,
    begins: begins && Boolean(each.begins),
  }));
  const passages = clip.passages.map((each) => ({
    ...each,
    id: freshId('p'),
    source: renamed.get(each.source)!,
    target: renamed.get(each.target)!,
  }));
  const places = Object.fromEntries(
    Object.entries(clip.places).map(([id, { x, y }]) => [renamed.get(id)!, { x: x + ASIDE, y: y + ASIDE }]),
  );
  const grown = { ...map, lanes, phases, steps: [...map.steps, ...steps], passages: [...map.passages, ...passages] };
  return { drawing: { map: grown, layout: placedAt(layout, places) }, ids: [...renamed.values()] };
}
function grounds<T extends { id: string; label: string }>(
  known: T[],
  wanted: T[],
  taken: string[],
): [T[], Map<string, string>] {
  const all = [...known];
  const found = new Map<string, string>();
  for (const one of wanted) {
    const same = all.find((each) => each.id === one.id) ?? all.find((each) => each.label === one.label);
    const kept = same ?? { ...one, id: idFrom(one.label, [...taken, ...all.map((each) => each.id)]) };
    if (!same) all.push(kept);
    found.set(one.id, kept.id);
  }
  return [all, found];
}
/** Draws an indented list after a step: lines of one depth follow each other, deeper ones branch off the line above. */
export function drawList({ map, layout }: Drawing, text: string, after: string | null): Pasted {
  let drawn = map;
  const ids: string[] = [];
  const open: { depth: number; id: string | null }[] = [{ depth: -1, id: after }];
  for (const { depth, label } of linesOf(text)) {
    while (open.length > 1 && open.at(-1)!.depth > depth) open.pop();
    const above = open.at(-1)!;
    const added = addStep(drawn, label, above.id, 'branch');
    drawn = added.map;
    ids.push(added.id);
    if (above.depth === depth) open.pop();
    open.push({ depth, id: added.id });
  }
  return { drawing: { map: drawn, layout }, ids };
}
function linesOf(text: string): { depth: number; label: string }[] {
  return text
    .split(/\r?\n/)
    .map((line) => ({
      depth: line.replace(/\t/g, '    ').search(/\S/),
      label: line
        .trim()
        .replace(/^(?:[-*•–]|\d+[.)])\s+/, '')
        .slice(0, 120),
    }))
    .filter((each) => each.label)
    .slice(0, MOST_LINES);
}
/** A clip as text, and back; null for any other text. */
const MARK = 'portulan/steps ';
export const asText = (clip: Clip): string => MARK + JSON.stringify(clip);
export function fromText(text: string): Clip | null {
  if (!text.startsWith(MARK)) return null;
  try {
    return JSON.parse(text.slice(MARK.length)) as Clip;
  } catch {
    return null;
  }
}
/** The layout without what a person placed, or without these elements only: they are laid out again. */
export function tidied(layout: MapLayout, chosen: ReadonlySet<string>): MapLayout {
  const left = Object.entries(layout.positions).filter(([id]) => chosen.size > 1 && !chosen.has(id));
  return { positions: Object.fromEntries(left) };
}
