/** A workshop beside the projected map: the link to scan, and what people say, live, the most voted first. */
import { ActionIcon, Button, CopyButton, Group, NativeSelect } from '@mantine/core';
import { IconMaximize, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { encode } from 'uqr';
import { ledger, useLedger, useWorkshop } from '@/client/irritants';
import type { MapDoc } from '@/client/maps';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { dayTime } from '@/lib/format';
import { partsOf } from '@/threads/mentions';
import { useThreads } from '@/threads/queries';
import s from './Maps.module.css';
import { useTranslation } from './texts';

interface Props {
  id: string;
  map: MapDoc;
  onSelect: (id: string) => void;
  onClose: () => void;
}
export default function WorkshopPanel({ id, map, onSelect, onClose }: Props) {
  const { t } = useTranslation('maps');
  const workshop = useWorkshop(id);
  return (
    <aside className={w.inspector} aria-label={t('workshop.title')}>
      <div className={w.inspectorHead}>
        <h2>{t('workshop.title')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Await query={workshop} rows={3}>
        {(open) =>
          open ? (
            <>
              <Link token={open.token} until={dayTime(open.ends_at)} />
              <Ends id={id} />
            </>
          ) : (
            <Begin id={id} />
          )
        }
      </Await>
      <Heard id={id} map={map} onSelect={onSelect} />
    </aside>
  );
}
function Begin({ id }: { id: string }) {
  const { t } = useTranslation('maps');
  const [hours, setHours] = useState('4');
  const begin = useLedger(() => ledger.open(id, Number(hours)));
  return (
    <>
      <p>{t('workshop.lead')}</p>
      <Group gap={8} align="flex-end">
        <NativeSelect
          size="xs"
          label={t('workshop.lasts')}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value)}
          data={['1', '2', '4', '8', '24'].map((value) => ({
            value,
            label: t('workshop.hours', { count: Number(value) }),
          }))}
        />
        <Button size="xs" variant="default" loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
          {t('workshop.begin')}
        </Button>
      </Group>
    </>
  );
}
function Link({ token, until }: { token: string; until: string }) {
  const { t } = useTranslation('maps');
  const address = `${location.origin}/atelier/${token}`;
  const { size, data } = encode(address, { border: 2 });
  const dots = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <div className={s.link}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('workshop.code')}>
        <rect width={size} height={size} fill="#fff" />
        <path d={dots} fill="#000" />
      </svg>
      <a href={address} target="_blank" rel="noreferrer">
        {address}
      </a>
      <span>{t('workshop.until', { time: until })}</span>
      <Group gap={6}>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {t(copied ? 'workshop.copied' : 'workshop.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconMaximize size={13} />}
          onClick={() => void document.documentElement.requestFullscreen()}
        >
          {t('workshop.project')}
        </Button>
      </Group>
    </div>
  );
}
function Ends({ id }: { id: string }) {
  const { t } = useTranslation('maps');
  const end = useLedger(() => ledger.close(id));
  return (
    <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(undefined)}>
      {t('workshop.end')}
    </Button>
  );
}
function Heard({ id, map, onSelect }: { id: string; map: MapDoc; onSelect: (id: string) => void }) {
  const { t } = useTranslation('maps');
  const said = useThreads(id)
    .threads.filter((each) => each.kind === 'irritant' && each.state === 'open')
    .sort((one, two) => two.votes - one.votes);
  const label = (element: string) => map.steps.find((each) => each.id === element)?.label;
  return (
    <section aria-live="polite">
      <h3 className={w.title}>{t('workshop.heard', { count: said.length })}</h3>
      <ul className={w.list}>
        {said.map((each) => (
          <li key={each.id}>
            <Badge tone={each.severity === 3 ? 'red' : 'amber'}>{each.votes}</Badge>
            <button type="button" onClick={() => onSelect(each.element)}>
              {partsOf(each.messages[0]?.body ?? '', each.messages[0]?.people ?? []).map((part) =>
                typeof part === 'string' ? part : `@${part.name}`,
              )}
            </button>
            <small>{[label(each.element), each.author?.name ?? each.guest].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
