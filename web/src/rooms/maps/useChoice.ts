/** What is selected on a map: one element, which the address names, or several steps. */
import { useMemo, useState } from 'react';

export interface Choice {
  /** Every selected element. */
  all: ReadonlySet<string>;
  choose: (ids: readonly string[]) => void;
}
export function useChoice(selected: string | null, select: (id: string | null) => void): Choice {
  const [several, setSeveral] = useState<readonly string[]>([]);
  const all = useMemo(() => new Set(selected ? [selected] : several), [selected, several]);
  const choose = (ids: readonly string[]) => {
    setSeveral(ids.length > 1 ? ids : []);
    select(ids.length === 1 ? ids[0]! : null);
  };
  return { all, choose };
}
