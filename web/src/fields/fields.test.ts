import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KINDS } from '.';
import { fromLocal, toLocal } from './datetime';
import { spoken } from './phone';
import { inThrees } from './siren';
import { safe } from './url';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('the screens draw the field types of the blueprint, no more, no less', () => {
  const source = readFileSync('../src/portulan/blueprint/fields/types.py', 'utf8');
  const declared = [...source.matchAll(/^ {4}\("(\w+)", "\w+", "\w+"\),$/gm)].map((match) => match[1]!);
  expect(declared.length).toBeGreaterThan(10);
  expect(Object.keys(KINDS).sort()).toEqual(declared.sort());
  const files = new Set(readdirSync('src/fields'));
  for (const name of declared) expect(files).toContain(`${name}.tsx`);
});
test('a French number is written as it is read aloud, another country keeps its form', () => {
  expect(plain(spoken('+33612345678'))).toBe('06 12 34 56 78');
  expect(spoken('+3222222222')).toBe('+3222222222');
});
test('a company number is written in threes', () => {
  expect(plain(inThrees('552081317'))).toBe('552 081 317');
});
test('only addresses of the web may be followed', () => {
  expect(safe('nordet.fr')).toBe('https://nordet.fr/');
  expect(safe('javascript:alert(1)')).toBeNull();
  expect(safe('data:text/html,x')).toBeNull();
});
test('a moment typed here comes back as the same moment', () => {
  expect(toLocal(fromLocal('2026-11-24T09:30'))).toBe('2026-11-24T09:30');
  expect(fromLocal('')).toBeNull();
});
