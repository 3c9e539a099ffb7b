/** A card: whose, what, how much, by when; what is late, what is next, what is ready. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { IconAlertTriangleFilled, IconClockPause, IconDots } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import type { Card } from '@/client/records';
import { Badge, Monogram, Segments } from '@/design/ui';
import { hueOf, money, shortDay } from '@/lib/format';
import s from './Board.module.css';
import { useTranslation } from './texts';

interface Props {
  card: Card;
  closed: boolean;
  draggable: boolean;
}
export const DealCard = memo(function DealCard({ card, closed, draggable: mayDrag }: Props) {
  const { t } = useTranslation('records');
  const ref = useRef<HTMLElement>(null);
  const dragging = useDrag(ref, card.id, mayDrag);
  const who = card.account?.title;
  const late = !closed && card.late_days != null && card.late_days > 0;
  const stale = !closed && card.stale_days != null;
  const about = [who, card.title, card.amount && money(card.amount, card.currency ?? 'EUR')].filter(Boolean).join(', ');
  return (
    <article
      ref={ref}
      className={s.card}
      data-dragging={dragging || undefined}
      data-card={card.id}
      tabIndex={0}
      aria-label={about}
      aria-keyshortcuts="Enter M Shift+ArrowLeft Shift+ArrowRight"
    >
      <div className={s.cardTop}>
        {who && <Monogram name={who} hue={hueOf(who)} size={16} />}
        <span className={s.account}>{who ?? t('card.noAccount')}</span>
        <button
          type="button"
          className={s.cardMenu}
          data-menu={card.id}
          aria-haspopup="menu"
          aria-label={t('card.actions', { title: card.title })}
        >
          <IconDots size={14} />
        </button>
      </div>
      <div className={s.title}>{card.title}</div>
      {(card.amount != null || card.close_on) && (
        <div className={s.money}>
          <b>{card.amount == null ? '' : money(card.amount, card.currency ?? 'EUR')}</b>
          {card.close_on && (
            <span className={s.when} data-late={late || undefined} title={t('card.closeOn')}>
              {card.probability != null && !closed && <small>{Number(card.probability)} %</small>}
              {shortDay(card.close_on)}
            </span>
          )}
        </div>
      )}
      {(late || stale) && (
        <div className={s.flags}>
          {late && (
            <Badge tone="red" icon={<IconAlertTriangleFilled size={10} />}>
              {t('card.late', { days: card.late_days })}
            </Badge>
          )}
          {stale && (
            <Badge
              tone="amber"
              icon={<IconClockPause size={11} stroke={2} />}
              title={t('card.staleHint', { days: card.stale_days })}
            >
              {t('card.stale', { days: card.stale_days })}
            </Badge>
          )}
        </div>
      )}
      {!closed && <Foot card={card} />}
    </article>
  );
});

function Foot({ card }: { card: Card }) {
  const { t } = useTranslation('records');
  const next = card.next_step;
  const overdue = next?.on != null && next.on.slice(0, 10) < new Date().toISOString().slice(0, 10);
  const { done, total } = card.criteria;
  return (
    <div className={s.foot}>
      {card.owner && <Monogram name={card.owner.name} hue={card.owner.hue} size={18} round />}
      {next ? (
        <span className={s.next} data-late={overdue || undefined}>
          <span>{next.label}</span>
          {next.on && <> · {shortDay(next.on)}</>}
        </span>
      ) : (
        <span className={s.next} data-none>
          {t('card.noNext')}
        </span>
      )}
      {total > 0 && <Segments done={done} total={total} label={t('card.criteria', { done, total })} />}
    </div>
  );
}
function useDrag(ref: React.RefObject<HTMLElement | null>, id: number, mayDrag: boolean) {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || !mayDrag) return;
    return draggable({
      element,
      getInitialData: () => ({ card: id }),
      onGenerateDragPreview: ({ nativeSetDragImage }) =>
        setCustomNativeDragPreview({
          nativeSetDragImage,
          getOffset: () => ({ x: 24, y: 16 }),
          render: ({ container }) => {
            const copy = element.cloneNode(true) as HTMLElement;
            copy.style.width = `${element.offsetWidth}px`;
            copy.dataset.preview = '';
            container.append(copy);
          },
        }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [ref, id, mayDrag]);
  return dragging;
}
