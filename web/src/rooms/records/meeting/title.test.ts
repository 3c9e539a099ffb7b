import { expect, test } from 'vitest';
import type { PipelineShape } from '@/client/schema';
import { isWon } from './title';

const pipeline = (object: string, ...kinds: string[]) =>
  ({ object, stages: kinds.map((kind) => ({ kind })) }) as unknown as PipelineShape;

test('a demo prepares what can be won, and what has no pipeline; a call prepares the rest', () => {
  const all = [pipeline('affaire', 'task', 'won', 'lost'), pipeline('ticket', 'task', 'closed')];
  expect(['affaire', 'compte', 'ticket'].map((one) => isWon(one, all))).toEqual([true, true, false]);
});
