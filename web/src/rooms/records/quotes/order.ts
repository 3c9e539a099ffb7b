/** Ids once one of them was moved to another place; null when nothing moves. */
export function moved(ids: readonly number[], from: number, to: number): number[] | null {
  const one = ids[from];
  if (one === undefined || to === from || to < 0 || to >= ids.length) return null;
  const others = ids.filter((_, place) => place !== from);
  return [...others.slice(0, to), one, ...others.slice(to)];
}
