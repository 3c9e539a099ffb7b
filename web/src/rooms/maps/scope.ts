/** What a map covers, on one line. */
import type { Scope } from '@/client/maps';

export const MANY = ['segments', 'countries', 'entities'] as const;
/** The scope on one line, empty when nothing is said. */
export const scopeLine = (scope: Scope | undefined): string =>
  [scope?.cycle, ...MANY.map((each) => scope?.[each]?.join(', '))].filter(Boolean).join(' · ');
