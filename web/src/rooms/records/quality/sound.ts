/** How sound the records are, today and over time, as the server tells it. */
import { useQuery } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { Condition } from '@/client/records';

export const WHOSE = ['all', 'team', 'me'] as const;
export type Whose = (typeof WHOSE)[number];
export const MONTHS = ['3', '12', '24'] as const;
export type Months = (typeof MONTHS)[number];
export interface Check {
  key: string;
  kind: 'empty' | 'sleeps';
  label: string;
  count: number;
  condition: Condition;
}
/** The counts of a team or of a person, in the order of the checks; a team without an id is those who are in none. */
export interface Line {
  id: number | null;
  name: string;
  condition: Condition;
  total: number;
  complete: number | null;
  counts: number[];
  duplicates: number;
}
export interface Quality {
  object: string;
  label: string;
  total: number;
  complete: number | null;
  checks: Check[];
  duplicates: number;
  teams: Line[];
  people: Line[];
}
export interface Point {
  day: string;
  total: number;
  complete: number | null;
  counts: Record<string, number>;
}
export interface TrendLine {
  team: number | null;
  whose: Whose[];
  points: Point[];
}
export interface Trend {
  object: string;
  lines: TrendLine[];
}
export const useQuality = (whose: Whose) =>
  useQuery({
    queryKey: ['quality', whose],
    queryFn: ({ signal }) => http.get<Quality[]>('/api/quality', { whose }, signal),
  });
export const useTrend = (months: Months) =>
  useQuery({
    queryKey: ['quality', 'trend', months],
    queryFn: ({ signal }) => http.get<Trend[]>('/api/quality/trend', { months }, signal),
  });
/** The values that were kept of a figure, each with its day; a day that did not count it is left out. */
export function kept(points: readonly Point[], value: (point: Point) => number | null | undefined) {
  return points.flatMap((point) => {
    const found = value(point);
    return found == null ? [] : [{ day: point.day, value: found }];
  });
}
