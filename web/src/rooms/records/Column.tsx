/** A column: what it holds, what the map measured there, its cards; a closed one is a thin rail. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon } from '@mantine/core';
import { IconPlus, IconRoute } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { BoardStage, Card, StageMeasure } from '@/client/records';
import { isFinal, useSay } from '@/client/schema';
import { StageGlyph } from '@/design/StageGlyph';
import { duration, integer, money, percent, shortMoney } from '@/lib/format';
import { Why } from '@/why/Why';
import s from './Board.module.css';
import { DealCard } from './DealCard';
import { useTranslation } from './texts';

const VirtualCards = lazy(() => import('./VirtualCards'));
const VIRTUAL_FROM = 300;

interface Props {
  stage: BoardStage;
  pipeline: string;
  progress: number;
  measure: StageMeasure | undefined;
  hot: boolean;
  mayMove: boolean;
  money: boolean;
  unfolded: boolean;
  onDrop: (card: number, to: string) => void;
  onMore: (stage: string, after: string) => Promise<void>;
  onFold: (stage: string) => void;
  onAdd: (() => void) | null;
}
export function Column(props: Props) {
  const { stage } = props;
  const ref = useRef<HTMLElement>(null);
  const over = useDropTarget(ref, stage.uid, props.onDrop);
  const folded = isFinal(stage.kind) && !props.unfolded;
  return (
    <section
      ref={ref}
      className={folded ? s.rail : s.col}
      data-over={over || undefined}
      data-stage={stage.uid}
      data-tint={stage.colour}
      aria-labelledby={`stage-${stage.uid}`}
    >
      {folded ? <Rail {...props} /> : <Open {...props} />}
    </section>
  );
}
const glyphKind = (kind: string) =>
  kind === 'won' || kind === 'closed' ? 'won' : kind === 'lost' ? 'lost' : undefined;

function Rail({ stage, onFold, money: worth }: Props) {
  const { t } = useTranslation('records');
  const label = useSay()(stage.label);
  return (
    <button
      type="button"
      id={`stage-${stage.uid}`}
      onClick={() => onFold(stage.uid)}
      aria-expanded={false}
      aria-label={t('column.unfold', { stage: label, count: stage.count })}
    >
      <StageGlyph progress={1} kind={glyphKind(stage.kind)} />
      <span className={s.railCount}>{integer(stage.count)}</span>
      <span className={s.railName}>
        {label} {worth && stage.sum != null && <b>{shortMoney(stage.sum)}</b>}
      </span>
    </button>
  );
}
function Open(props: Props) {
  const { stage, progress, measure, hot, onAdd, onFold } = props;
  const { t } = useTranslation('records');
  const label = useSay()(stage.label);
  const closed = isFinal(stage.kind);
  return (
    <>
      <header className={s.colHead}>
        <StageGlyph progress={progress} kind={glyphKind(stage.kind)} />
        <h2 id={`stage-${stage.uid}`} title={label}>
          {label}
        </h2>
        <span className={s.count}>{integer(stage.count)}</span>
        <Why theme="stages" path={`${props.pipeline}/${stage.uid}`} what={label} />
        <span className={s.grow} />
        {closed && (
          <button type="button" className={s.fold} onClick={() => onFold(stage.uid)}>
            {t('column.fold')}
          </button>
        )}
        {onAdd && !closed && (
          <ActionIcon size={24} aria-label={t('column.add', { stage: label })} onClick={onAdd}>
            <IconPlus size={15} />
          </ActionIcon>
        )}
        <div className={s.colSum}>
          {props.money && stage.sum != null && <b>{money(stage.sum)}</b>}
          <Reality measure={measure} hot={hot} />
        </div>
        {!closed && (
          <div className={s.colMore}>
            {props.money && stage.weighted != null && (
              <span>{t('column.weighted', { amount: shortMoney(stage.weighted) })}</span>
            )}
            {stage.stale > 0 && <span data-stale>{t('column.stale', { count: stage.stale })}</span>}
          </div>
        )}
        {measure?.blocked_share != null && (
          <div className={s.bar} aria-hidden>
            <i data-hot={hot || undefined} style={{ width: percentWidth(measure.blocked_share) }} />
          </div>
        )}
      </header>
      <Cards {...props} closed={closed} />
    </>
  );
}
const percentWidth = (share: number) => `${Math.min(100, Math.round(share * 100))}%`;

function Reality({ measure, hot }: { measure: StageMeasure | undefined; hot: boolean }) {
  const { t } = useTranslation('records');
  if (measure?.median_seconds == null) return null;
  const blocked = measure.blocked_share;
  const facts = { median: duration(measure.median_seconds), blocked: blocked == null ? '–' : percent(blocked) };
  return (
    <span className={s.reality} data-hot={hot || undefined} title={t('column.measured', facts)}>
      <IconRoute size={11} stroke={1.8} />
      <span className="sr">{t('column.measured', facts)}</span>
      <span aria-hidden>
        {facts.median}
        {blocked != null && ` · ${facts.blocked}`}
      </span>
    </span>
  );
}
function Cards({ stage, mayMove, onMore, closed }: Props & { closed: boolean }) {
  const { t } = useTranslation('records');
  const scroll = useRef<HTMLDivElement>(null);
  const draw = (card: Card): ReactNode => <DealCard key={card.id} card={card} closed={closed} draggable={mayMove} />;
  return (
    <div ref={scroll} className={s.list} tabIndex={-1}>
      {stage.cards.length > VIRTUAL_FROM ? (
        <Suspense>
          <VirtualCards cards={stage.cards} draw={draw} scroll={scroll} />
        </Suspense>
      ) : (
        stage.cards.map(draw)
      )}
      {stage.cards.length === 0 && <p className={s.empty}>{t('column.empty')}</p>}
      {stage.next && <More key={stage.next} onReach={() => onMore(stage.uid, stage.next!)} root={scroll} />}
    </div>
  );
}
/** The end of the column: seeing it unrolls the next page. */
function More({ onReach, root }: { onReach: () => Promise<void>; root: React.RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('records');
  const ref = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  const reach = () => {
    if (asked.current) return;
    asked.current = true;
    onReach().catch(() => (asked.current = false));
  };
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && reach(), {
      root: root.current,
      rootMargin: '400px',
    });
    watch.observe(ref.current!);
    return () => watch.disconnect();
  });
  return (
    <button ref={ref} type="button" className={s.more} onClick={reach}>
      {t('column.more')}
    </button>
  );
}
function useDropTarget(ref: React.RefObject<HTMLElement | null>, stage: string, onDrop: Props['onDrop']) {
  const [over, setOver] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(
    () =>
      dropTargetForElements({
        element: ref.current!,
        canDrop: ({ source }) => typeof source.data.card === 'number',
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          drop.current(source.data.card as number, stage);
        },
      }),
    [ref, stage],
  );
  return over;
}
