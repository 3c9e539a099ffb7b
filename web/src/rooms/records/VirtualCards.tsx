/** A long column draws only the cards that can be seen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import type { Card } from '@/client/records';
import s from './Board.module.css';

const CARD = 124;
interface Props {
  cards: Card[];
  draw: (card: Card) => ReactNode;
  scroll: RefObject<HTMLElement | null>;
}
export default function VirtualCards({ cards, draw, scroll }: Props) {
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => CARD,
    getItemKey: (index) => cards[index]!.id,
    gap: 6,
    overscan: 8,
    useFlushSync: false,
  });
  return (
    <div className={s.virtual} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => (
        <div
          key={item.key}
          ref={virtual.measureElement}
          data-index={item.index}
          style={{ transform: `translateY(${item.start}px)` }}
        >
          {draw(cards[item.index]!)}
        </div>
      ))}
    </div>
  );
}
