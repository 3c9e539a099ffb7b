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
