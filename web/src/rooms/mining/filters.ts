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
export type Filter = Through | Path | Attribute | Period | Lasting | OfVariants;
export type Kind = Filter['kind'];
/** What can be built by hand; variants are chosen where they are listed. */
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
}
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
  etapes?: number;
  filtres?: Filter[];
}
export const askedOf = ({ analyse, apres, avant, carte, chemins, etapes, filtres }: Search): Asked => ({
  paths: chemins ?? null,
  steps: etapes ?? null,
  stack: Array.isArray(filtres) ? filtres : [],
  map: carte ?? null,
  analysis: analyse ?? null,
  sides: Array.isArray(avant) && Array.isArray(apres) ? { before: avant, after: apres } : null,
});
export const searchOf = ({ analysis, map, paths, sides, steps, stack }: Asked): Search => ({
  ...(analysis === null ? {} : { analyse: analysis }),
  ...(sides === null ? {} : { apres: sides.after, avant: sides.before }),
  ...(map === null ? {} : { carte: map }),
  ...(paths === null ? {} : { chemins: paths }),
  ...(steps === null ? {} : { etapes: steps }),
  ...(stack.length === 0 ? {} : { filtres: stack }),
});
/** The state of the screen as its address holds it, and how to change it. */
export function useAsked(): [Asked, (change: Partial<Asked>) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { analyse, apres, avant, carte, chemins, etapes, filtres } = search;
  const asked = useMemo(
    () => askedOf({ analyse, apres, avant, carte, chemins, etapes, filtres } as Search),
    [analyse, apres, avant, carte, chemins, etapes, filtres],
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
