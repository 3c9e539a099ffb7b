/** Moving a record: at once on the screen, asked about when the gate stays closed, put back when it may not. */
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import { asProblem, type Problem } from '@/client/problem';
import type { Board, GateClosed, RecordAnswer, Values } from '@/client/records';
import { useSay, type Words } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import { ask } from './approvals/queries';
import { moveCard } from './board';
import { type Both, differences, type Extra, type Move } from './move';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';

const GateDialog = lazy(() => import('./GateDialog'));
const ConflictDialog = lazy(() => import('./ConflictDialog'));

type Asking =
  | { kind: 'gate'; closed: GateClosed; problem: Problem }
  | { kind: 'conflict'; problem: Problem; both: Record<string, unknown> };
type Waiting = Asking & { move: Move; undo: () => void };

/** The boards on screen show the move now; the answer takes it back. */
function useOptimism() {
  const queries = useQueryClient();
  return (move: Move) => {
    const before = queries.getQueriesData<Board>({ queryKey: ['board'] });
    void queries.cancelQueries({ queryKey: ['board'] });
    for (const [key, board] of before) if (board) queries.setQueryData(key, moveCard(board, move.id, move.to));
    return () => before.forEach(([key, board]) => queries.setQueryData(key, board));
  };
}
const send = (move: Move, extra: Extra) =>
  http.post<RecordAnswer>(`/api/records/${move.object}/${move.id}/move`, {
    to: move.to,
    version: move.version,
    ...extra,
  });

/** Where it stands now and what was on screen that is no longer true. */
async function changed(move: Move): Promise<Record<string, Both>> {
  const fresh = await http.get<RecordAnswer>(`/api/records/${move.object}/${move.id}`).catch(() => null);
  if (!fresh) return {};
  return { stage: { mine: move.to, theirs: fresh.values.stage }, ...differences(move.seen, fresh.values) };
}
/** What keeps the gate closed, by its names. */
const lacking = (closed: GateClosed, say: (words: Words) => string) =>
  [...closed.missing, ...closed.unmet, ...closed.unagreed].map((each) => `« ${say(each.label)} »`);
const SAID = 3;
const list = (things: string[]) => things.join(', ');

export function useMove() {
  const { t } = useTranslation('records');
  const say = useSay();
  const refresh = useRefresh();
  const show = useOptimism();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  const attempt = async (move: Move, extra: Extra, undo: () => void) => {
    setBusy(true);
    try {
      await send(move, extra);
      setWaiting(null);
      setSaid(t('move.done', { title: move.title, stage: move.toLabel }));
      await refresh(move.object, move.id);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'records.gate_closed')
        setWaiting({ kind: 'gate', closed: problem.details as unknown as GateClosed, problem, move, undo });
      else if (problem.code === 'records.changed_meanwhile') {
        undo();
        setWaiting({ kind: 'conflict', problem, both: { ...problem.details, ...(await changed(move)) }, move, undo });
      } else if (waiting?.kind === 'gate' && problem.status === 422) setWaiting({ ...waiting, problem });
      else {
        undo();
        setWaiting(null);
        toastProblem(problem);
        void refresh(move.object, move.id);
      }
    } finally {
      setBusy(false);
    }
  };
  const agree = async ({ move, undo }: Waiting, extra: { values?: Values; comment: string }) => {
    setBusy(true);
    try {
      await ask(move.object, move.id, { to: move.to, version: move.version, values: {}, ...extra });
      undo();
      setWaiting(null);
      setSaid(t('approval.told.asked', { title: move.title }));
      toast(t('approval.told.asked', { title: move.title }));
      await refresh(move.object, move.id);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'records.gate_closed')
        setWaiting({ kind: 'gate', closed: problem.details as unknown as GateClosed, problem, move, undo });
      else toastProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const start = (move: Move) => void attempt(move, {}, show(move));
  const leave = () => {
    if (!waiting) return;
    const { move, undo, problem } = waiting;
    undo();
    setWaiting(null);
    const lacks = waiting.kind === 'gate' ? lacking(waiting.closed, say) : [];
    const why = lacks.length
      ? t('move.lacks', {
          things: list(lacks.slice(0, SAID)),
          count: lacks.length - SAID,
          context: lacks.length > SAID ? 'more' : 'all',
        })
      : problem.message;
    const stayed = t('move.stayed', { title: move.title, stage: move.fromLabel });
    setSaid(`${stayed} ${why}`);
    toast(`${stayed} ${why}`);
    void refresh(move.object, move.id);
  };
  const again = async (move: Move) => {
    setBusy(true);
    try {
      const fresh = await http.get<RecordAnswer>(`/api/records/${move.object}/${move.id}`);
      const renewed = { ...move, version: fresh.version };
      await refresh(move.object);
      await attempt(renewed, {}, show(renewed));
    } catch (error) {
      setWaiting(null);
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const dialog = (
    <>
      <span className="sr" role="status">
        {said}
      </span>
      {waiting && (
        <Suspense>
          {waiting.kind === 'gate' ? (
            <GateDialog
              move={waiting.move}
              closed={waiting.closed}
              problem={waiting.problem}
              busy={busy}
              onGo={(extra) => void attempt(waiting.move, extra, waiting.undo)}
              onAsk={(extra) => void agree(waiting, extra)}
              onLeave={leave}
            />
          ) : (
            <ConflictDialog
              object={waiting.move.object}
              problem={waiting.problem}
              both={waiting.both}
              busy={busy}
              onMine={() => void again(waiting.move)}
              onTheirs={leave}
            />
          )}
        </Suspense>
      )}
    </>
  );
  return { start, dialog, asking: waiting?.kind === 'gate' ? waiting.move : null };
}
