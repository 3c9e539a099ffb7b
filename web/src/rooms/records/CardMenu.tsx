/** What can be done with a card; by phone, the main way to move it. */
import { Menu } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import type { BoardStage } from '@/client/records';
import { isFinal, useSay } from '@/client/schema';
import { StageGlyph } from '@/design/StageGlyph';
import s from './Board.module.css';
import { progress } from './board';
import { useTranslation } from './texts';

interface Props {
  at: DOMRect;
  stages: BoardStage[];
  /** Where the card stands. */
  from: string;
  onClose: () => void;
  onOpen: () => void;
  onMove: (to: string) => void;
}
export default function CardMenu({ at, stages, from, onClose, onOpen, onMove }: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const open = stages.filter((stage) => !isFinal(stage.kind));
  return (
    <Menu opened onClose={onClose} position="bottom-end" returnFocus={false} width={230} withinPortal>
      <Menu.Target>
        <span className={s.anchor} style={{ left: at.right, top: at.bottom }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUpRight size={15} />} onClick={onOpen}>
          {t('card.open')}
        </Menu.Item>
        {stages.length > 0 && <Menu.Label>{t('card.moveTo')}</Menu.Label>}
        {stages
          .filter((stage) => stage.uid !== from)
          .map((stage) => (
            <Menu.Item
              key={stage.uid}
              leftSection={
                <StageGlyph
                  progress={progress(open.indexOf(stage), open.length)}
                  kind={stage.kind === 'lost' ? 'lost' : isFinal(stage.kind) ? 'won' : undefined}
                />
              }
              onClick={() => onMove(stage.uid)}
            >
              {say(stage.label)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
