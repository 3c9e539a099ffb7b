import { expect, test } from 'vitest';
import type { MapDoc, Step } from '@/client/maps';
import { compared } from './variants';

const step = (id: string, label: string, more: Partial<Step> = {}): Step => ({
  id,
  label,
  kind: 'task',
  lane: 'l',
  phase: 'p',
  ...more,
});
const map = (lane: string, steps: Step[]) => ({ lanes: [{ id: 'l', label: lane }], steps }) as unknown as MapDoc;

test('variants stand side by side by the words of their steps, and say what differs whatever their ids', () => {
  const asked = [{ id: 'c1', label: 'Budget connu' }];
  const rows = compared([
    map('Ventes', [step('a', 'Qualifier', { exit: asked }), step('b', 'Signer')]),
    map('Ventes', [
      step('x', 'qualifier', { exit: [{ id: 'c9', label: 'Budget connu' }] }),
      step('y', 'Signer', { actors: ['adv'] }),
    ]),
  ]);
  expect(rows.map((each) => [each.label, each.differs])).toEqual([
    ['Qualifier', []],
    ['Signer', ['actors']],
  ]);
});
