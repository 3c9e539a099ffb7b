import { expect, test } from 'vitest';

const files = import.meta.glob<{ default: object }>('/src/**/{fr,en}.json', { eager: true });
const keys = (value: unknown, path = ''): string[] =>
  value && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, next]) => keys(next, path ? `${path}.${key}` : key))
    : [path];
/** French has a plural for millions that English lacks. */
const said = (value: object) => [...new Set(keys(value).map((key) => key.replace(/_(one|many|other)$/, '_n')))].sort();

for (const [path, module] of Object.entries(files)) {
  if (!path.endsWith('/fr.json')) continue;
  test(`${path} says the same things in both languages`, () => {
    const other = files[path.replace('fr.json', 'en.json')];
    expect(other, 'an English file').toBeDefined();
    expect(said(other!.default)).toEqual(said(module.default));
  });
}

const of = (room: string) => files[`/src/rooms/${room}/fr.json`]!.default as Record<string, unknown>;
test('a phase of the rollout counts every theme that a plan may change', () => {
  const { brings } = of('brief').rollout as { brings: object };
  const counted = Object.keys(brings).map((key) => key.replace(/_(one|other)$/, ''));
  expect(new Set(counted)).toEqual(new Set(Object.keys(of('blueprint').theme as object)));
});
