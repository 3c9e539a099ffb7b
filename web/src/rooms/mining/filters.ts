/** The filters of a log: whole cases are chosen, and the stack travels in the address. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

interface Any {
  without?: boolean;
}
export interface Through extends Any {
  kind: 'through';
  step: string;
  where?: 'anywhere' | 'start' | 'end';
}
export interface Path extends Any {
  kind: 'path';
  source: string;
  target: string;
  later?: boolean;
}
export interface Attribute extends Any {
  kind: 'attribute';
  name: string;
  values?: string[];
  low?: number;
  high?: number;
}
export interface Period extends Any {
  kind: 'period';
  since?: string;
  until?: string;
  which?: 'begun' | 'ended' | 'whole';
}
export interface Lasting extends Any {
  kind: 'lasting';
  least?: number;
  most?: number;
}
export interface OfVariants extends Any {
  kind: 'variants';
  ranks: number[];
}
/** Contacts until the case ended: channels in order, or a number within bounds. */
export interface Contacts extends Any {
  kind: 'contacts';
  channels?: string[];
  where?: 'anywhere' | 'start' | 'end';
  measure?: 'count' | 'rhythm' | 'silence';
  least?: number | null;
  most?: number | null;
}
export interface Outcome extends Any {
  kind: 'outcome';
  which: 'won' | 'lost' | 'ended';
}
export type Filter = Through | Path | Attribute | Period | Lasting | Contacts | Outcome | OfVariants;
export type Kind = Filter['kind'];
/** What can be built by hand; the others are chosen where they are listed. */
export const KINDS = ['through', 'path', 'attribute', 'lasting', 'period'] as const;

/** What is asked of the flow: how much of it, of which cases. */
export interface Asked {
  paths: number | null;
  steps: number | null;
  stack: Filter[];
  /** The map that the log is held against. */
  map: string | null;
  /** The saved analysis that was opened. */
  analysis: string | null;
  /** Two choices of cases that are held against each other. */
  sides: Sides | null;
  /** Whether events are shown as dots rather than as a flow. */
  dots: boolean;
  /** Whether the model in blocks is shown rather than the flow. */
  blocks: boolean;
  /** What moves on the flow: one case, or a sample of all. */
  replay: Replayed | null;
}
export type Replayed = { one: string } | 'many';
export interface Sides {
  before: Filter[];
  after: Filter[];
}
/** The cases begun before a moment, against those begun since. */
export const around = (at: string, stack: readonly Filter[]): Sides => ({
  before: [...stack, { kind: 'period', until: at }],
  after: [...stack, { kind: 'period', since: at }],
});
export interface Search {
  analyse?: string;
  apres?: Filter[];
  avant?: Filter[];
  carte?: string;
  chemins?: number;
  dossier?: string;
  etapes?: number;
  filtres?: Filter[];
  rejeu?: 'tous';
  vue?: 'points' | 'structure';
}
const replayOf = ({ dossier, rejeu }: Search): Replayed | null => {
  if (rejeu === 'tous') return 'many';
  return dossier === undefined ? null : { one: String(dossier) };
};
export const askedOf = (search: Search): Asked => {
  const { analyse, apres, avant, carte, chemins, etapes, filtres, vue } = search;
  return {
    paths: chemins ?? null,
    steps: etapes ?? null,
    stack: Array.isArray(filtres) ? filtres : [],
    map: carte ?? null,
    analysis: analyse ?? null,
    sides: Array.isArray(avant) && Array.isArray(apres) ? { before: avant, after: apres } : null,
    dots: vue === 'points',
    blocks: vue === 'structure',
    replay: replayOf(search),
  };
};
export const searchOf = ({ analysis, blocks, dots, map, paths, replay, sides, steps, stack }: Asked): Search => ({
  ...(analysis === null ? {} : { analyse: analysis }),
  ...(sides === null ? {} : { apres: sides.after, avant: sides.before }),
  ...(map === null ? {} : { carte: map }),
  ...(paths === null ? {} : { chemins: paths }),
  ...(steps === null ? {} : { etapes: steps }),
  ...(stack.length === 0 ? {} : { filtres: stack }),
  ...(replay === null ? {} : replay === 'many' ? { rejeu: 'tous' as const } : { dossier: replay.one }),
  ...(dots ? { vue: 'points' as const } : blocks ? { vue: 'structure' as const } : {}),
});
/** The state of the screen as its address holds it, and how to change it. */
export function useAsked(): [Asked, (change: Partial<Asked>) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { analyse, apres, avant, carte, chemins, dossier, etapes, filtres, rejeu, vue } = search;
  const asked = useMemo(
    () => askedOf({ analyse, apres, avant, carte, chemins, dossier, etapes, filtres, rejeu, vue } as Search),
    [analyse, apres, avant, carte, chemins, dossier, etapes, filtres, rejeu, vue],
  );
  const change = useCallback(
    (part: Partial<Asked>) => {
      void navigate({ to: '.', search: searchOf({ ...asked, ...part }) as never, replace: true });
    },
    [asked, navigate],
  );
  return [asked, change];
}
/** A stack as the server reads it. */
export const written = (stack: readonly Filter[]): string => (stack.length === 0 ? '' : JSON.stringify(stack));

/** Long lasting cases are rare: the slider is finer where most of them are. */
const BEND = 4;
export const toSeconds = (place: number, longest: number): number => Math.round(longest * (place / 100) ** BEND);
export const toPlace = (seconds: number, longest: number): number =>
  longest === 0 ? 0 : Math.round(100 * (seconds / longest) ** (1 / BEND));
