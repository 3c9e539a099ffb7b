/** The saved analyses of a log: opened, kept, renamed, shared, taken away and put back. */
import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Named, Naming } from '@/sharing/Naming';
import { Whom } from '@/sharing/Whom';
import { type Analysis, kept, useAnalyses, useKeeping } from './analyses';
import { type Asked, askedOf } from './filters';
import { useTranslation } from './texts';

interface Props {
  log: string;
  asked: Asked;
  onAsk: (change: Partial<Asked>) => void;
}
export function Analyses({ log, asked, onAsk }: Props) {
  const { t } = useTranslation('mining');
  const known = useAnalyses(log).data ?? [];
  const { save, change, remove } = useKeeping(log);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const open = known.find((each) => each.id === asked.analysis);
  const name = (body: Named) => {
    const then = (made: Analysis) => {
      onAsk({ analysis: made.id });
      setNaming(null);
    };
    return naming === 'rename' && open
      ? change(open.id, { ...body, search: open.search }, then)
      : save({ ...body, search: kept(asked) }, then);
  };
  return (
    <>
      <Menu position="bottom-end" width={290}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={15} />}>
            {open?.name ?? t('analyses.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          {known.length === 0 && <Menu.Label>{t('analyses.none')}</Menu.Label>}
          {known.map((each) => (
            <Menu.Item
              key={each.id}
              rightSection={<Whom of={each} />}
              onClick={() => onAsk({ ...askedOf(each.search), analysis: each.id })}
            >
              {each.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setNaming('new')}>
            {t('analyses.save')}
          </Menu.Item>
          {open?.may_update && (
            <>
              <Menu.Item
                leftSection={<IconDeviceFloppy size={14} />}
                onClick={() => void change(open.id, { ...bodyOf(open), search: kept(asked) }, () => undefined)}
              >
                {t('analyses.replace', { name: open.name })}
              </Menu.Item>
              <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setNaming('rename')}>
                {t('analyses.rename', { name: open.name })}
              </Menu.Item>
              <Menu.Item
                color="var(--pt-red-text)"
                leftSection={<IconTrash size={14} />}
                onClick={() => void remove(open)}
              >
                {t('analyses.remove', { name: open.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Naming
          title={naming === 'rename' && open ? t('analyses.rename', { name: open.name }) : t('analyses.save')}
          label={t('analyses.name')}
          known={naming === 'rename' && open ? bodyOf(open) : undefined}
          onClose={() => setNaming(null)}
          onDone={name}
        />
      )}
    </>
  );
}
const bodyOf = ({ name, shared, role }: Analysis): Named => ({ name, shared: shared as Named['shared'], role });
