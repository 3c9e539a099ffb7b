import { expect, test } from 'vitest';
import { Columns } from './columns';

test('what stands nearby is seen once, however wide it is, and nothing that is far away', () => {
  const held = new Columns<string>();
  held.add('narrow', 300, 320);
  held.add('wide', -2000, 4000);
  held.add('left', -900, -800);
  held.add('far', 9000, 9100);
  const seen = (from: number, to: number) => {
    const found: string[] = [];
    held.each(from, to, (thing) => found.push(thing));
    return found.sort();
  };
  expect(seen(310, 3000)).toEqual(['narrow', 'wide']);
  expect(seen(-900, 310)).toEqual(['left', 'narrow', 'wide']);
  expect(seen(8999, 9000)).toEqual(['far']);
});
