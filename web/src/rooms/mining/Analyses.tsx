/** The saved analyses of a log: opened, kept, renamed, shared, taken away and put back. */
import { Button, Group, Menu, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { type Analysis, kept, type NewAnalysis, useAnalyses, useKeeping } from './analyses';
import { type Asked, askedOf } from './filters';
import m from './Mining.module.css';
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
  const name = (body: Omit<NewAnalysis, 'search'>) => {
    const then = (made: Analysis) => {
      onAsk({ analysis: made.id });
      setNaming(null);
    };
    if (naming === 'rename' && open) void change(open.id, { ...body, search: open.search }, then);
    else void save({ ...body, search: kept(asked) }, then);
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
              rightSection={<Whom analysis={each} />}
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
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => void remove(open)}>
                {t('analyses.remove', { name: open.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Naming known={naming === 'rename' ? open : undefined} onClose={() => setNaming(null)} onDone={name} />
      )}
    </>
  );
}
const bodyOf = ({ name, shared, role }: Analysis): Omit<NewAnalysis, 'search'> => ({
  name,
  shared: shared as NonNullable<NewAnalysis['shared']>,
  role,
});
/** Whom an analysis is for, when not oneself alone; its author when another. */
function Whom({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation('mining');
  const say = useSay();
  const roles = useSchemaQuery().data?.roles ?? [];
  if (analysis.shared === 'me') return null;
  const whom =
    analysis.shared === 'team' ? t('analyses.team') : say(roles.find((each) => each.uid === analysis.role)?.label);
  return <small className={m.faint}>{analysis.mine ? whom : `${whom} · ${analysis.author}`}</small>;
}
interface NamingProps {
  known: Analysis | undefined;
  onClose: () => void;
  onDone: (body: Omit<NewAnalysis, 'search'>) => void;
}
function Naming({ known, onClose, onDone }: NamingProps) {
  const { t } = useTranslation('mining');
  const say = useSay();
  const mine = useSession().roles;
  const roles = (useSchemaQuery().data?.roles ?? []).filter((each) => mine.includes(each.uid));
  const [name, setName] = useState(known?.name ?? '');
  const [whom, setWhom] = useState(known?.shared === 'role' ? `role:${known.role}` : (known?.shared ?? 'me'));
  const go = (event: FormEvent) => {
    event.preventDefault();
    const role = whom.startsWith('role:') ? whom.slice('role:'.length) : '';
    onDone({ name, shared: role ? 'role' : (whom as 'me' | 'team'), role });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={known ? t('analyses.rename', { name: known.name }) : t('analyses.save')}
      closeButtonProps={{ 'aria-label': t('analyses.close') }}
    >
      <form className={m.form} onSubmit={go}>
        <TextInput
          data-autofocus
          required
          maxLength={80}
          label={t('analyses.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('analyses.shared')}
          value={whom}
          onChange={(event) => setWhom(event.currentTarget.value)}
          data={[
            { value: 'me', label: t('analyses.me') },
            { value: 'team', label: t('analyses.team') },
            ...roles.map((each) => ({
              value: `role:${each.uid}`,
              label: t('analyses.role', { role: say(each.label) }),
            })),
          ]}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('analyses.cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim()}>
            {t('analyses.keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
