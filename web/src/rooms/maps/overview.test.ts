import { expect, test } from 'vitest';
import type { MapSummary } from '@/client/maps';
import { overviewOf } from './overview';

const map = (uid: string, subject: string | null, ...to: string[]) =>
  ({
    id: uid,
    uid,
    title: uid,
    state: 'to_be',
    subject,
    errors: 0,
    opens: [],
    continues: to.map((each) => ({ label: 'Gagné', to: each })),
  }) as unknown as MapSummary;

test('lanes follow the life of a client, a way back changes nothing and what is tied to nothing comes last', () => {
  const maps = [
    map('croquis', null),
    map('vente', 'opportunity', 'succes'),
    map('support', 'ticket', 'succes'),
    map('succes', 'contract', 'support'),
    map('marketing', 'lead', 'vente'),
  ];
  expect(overviewOf(maps, (subject) => subject ?? '').lanes.map((each) => each.id)).toEqual([
    'lead',
    'opportunity',
    'contract',
    'ticket',
    '',
  ]);
});
