/** Things by where they stand from left to right, so that only those nearby are looked at. */
const WIDTH = 256;
const columnOf = (x: number) => Math.floor(x / WIDTH);

export class Columns<T> {
  private readonly held = new Map<number, { thing: T; first: number }[]>();

  add(thing: T, from: number, to: number): void {
    const first = columnOf(from);
    for (let column = first; column <= columnOf(to); column++) {
      const there = this.held.get(column);
      if (there) there.push({ thing, first });
      else this.held.set(column, [{ thing, first }]);
    }
  }
  /** Sees each thing that may stand between two places, once. */
  each(from: number, to: number, see: (thing: T) => void): void {
    const begin = columnOf(from);
    for (let column = begin; column <= columnOf(to); column++)
      for (const { thing, first } of this.held.get(column) ?? []) if (column === Math.max(first, begin)) see(thing);
  }
}
