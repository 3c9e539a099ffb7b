import { describe, expect, test } from 'vitest';
import type { Information, MapDoc, Step } from '@/client/maps';
import { dutiesOf } from './duties';
import { flowsOf } from './flows';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  label: id,
  kind: 'task',
  lane: 'l',
  phase: 'f',
  ...more,
});
const info = (label: string, more: Partial<Information> = {}): Information => ({ id: label, label, ...more });
const map = (...steps: Step[]): MapDoc => ({
  uid: 'carte',
  title: 'Carte',
  kind: 'process',
  state: 'to_be',
  subject: null,
  phases: [{ id: 'f', label: 'Phase' }],
  lanes: [{ id: 'l', label: 'Commercial', role: 'sales', hue: 1 }],
  steps,
  passages: [],
});
const nameOf = (role: string) => ({ sales: 'Commercial', adv: 'ADV', manager: 'Direction' })[role] ?? role;

describe('the data flow', () => {
  test('an information produced twice is typed again at the second step, whatever its accents', () => {
    const [flow] = flowsOf(
      map(step('a', { information: [info('Société')] }), step('b', { information: [info('societe ')] })),
    );
    expect(flow!.again.map((each) => each.id)).toEqual(['b']);
  });
  test('what is used later is not typed again', () => {
    const [flow] = flowsOf(
      map(step('a', { information: [info('Besoin')] }), step('b', { information: [info('Besoin', { use: 'used' })] })),
    );
    expect(flow!.again).toEqual([]);
  });
  test('what is kept in another place is typed again', () => {
    const used = info('Besoin', { use: 'used', stored: 'ERP' });
    const [flow] = flowsOf(
      map(step('a', { information: [info('Besoin', { stored: 'CRM' })] }), step('b', { information: [used] })),
    );
    expect(flow!.again.map((each) => each.id)).toEqual(['b']);
  });
  test('two names of one field are one information', () => {
    const flows = flowsOf(
      map(
        step('a', { information: [info('Source', { field: 'source' })] }),
        step('b', { information: [info('Origine', { field: 'source', use: 'used' })] }),
      ),
    );
    expect(flows.map((each) => [each.label, each.stops.length, each.field])).toEqual([['Source', 2, 'existing']]);
  });
});
describe('who does what', () => {
  test('the lane does, with the other actors; roles decide and are informed', () => {
    const [phase] = dutiesOf(
      map(step('a', { actors: ['sales', 'adv'], decides: ['manager'], informed: ['adv'] })),
      nameOf,
    );
    expect(phase!.duties[0]).toMatchObject({ does: ['Commercial', 'ADV'], decides: ['Direction'], informed: ['ADV'] });
    expect(phase!.decided).toBe(true);
  });
  test('a decision is taken by who plays it, a task by nobody', () => {
    const [phase] = dutiesOf(map(step('a', { kind: 'decision' }), step('b')), nameOf);
    expect(phase!.duties.map((each) => each.decides)).toEqual([['Commercial'], []]);
    expect(dutiesOf(map(step('b')), nameOf)[0]!.decided).toBe(false);
  });
});
