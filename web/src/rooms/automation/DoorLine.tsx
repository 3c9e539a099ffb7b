/** An open door: what it makes, its last calls, closing it for good. */
import { Button, Group, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { ago, dayTime } from '@/lib/format';
import { type Door, useClose } from './exchanges';
import s from './Rules.module.css';
import { useTranslation } from './texts';

export function DoorLine({ door }: { door: Door }) {
  const { t } = useTranslation('automation');
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find((each) => each.name === door.object);
  const [closing, setClosing] = useState(false);
  const label = (name: string) => {
    const field = object?.fields.find((each) => each.name === name);
    return field ? say(field.label) : name;
  };
  return (
    <li className={s.rule}>
      <div className={s.said}>
        <p>
          <b>{door.label}</b>
          {' – '}
          {door.kind === 'mail'
            ? t('exchanges.makesActivity')
            : t('exchanges.makes', { object: object ? say(object.label) : door.object })}
        </p>
        {door.fields.length > 0 && <p className={s.quiet}>{door.fields.map(label).join(', ')}</p>}
        <Calls door={door} />
      </div>
      <Button variant="subtle" size="compact-sm" color="red" onClick={() => setClosing(true)}>
        {t('exchanges.close')}
      </Button>
      {closing && <Closing door={door} onClose={() => setClosing(false)} />}
    </li>
  );
}
function Calls({ door }: { door: Door }) {
  const { t } = useTranslation('automation');
  const shown = door.calls.slice(0, 5);
  if (!shown.length) return <p className={s.quiet}>{t('exchanges.noCall', { when: dayTime(door.opened_at) })}</p>;
  return (
    <ul className={s.calls} aria-label={t('exchanges.calls', { door: door.label })}>
      {shown.map((call) => (
        <li key={call.at}>
          <time dateTime={call.at} title={dayTime(call.at)}>
            {ago(call.at)}
          </time>{' '}
          {call.record ? (
            <Link to="/fiches/$object/$id" params={{ object: call.record.object, id: String(call.record.row_id) }}>
              {call.record.title}
            </Link>
          ) : (
            <span data-alarm={call.refused != null || undefined}>
              {call.refused ? t('exchanges.refused', { why: call.refused }) : t('exchanges.gone')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
function Closing({ door, onClose }: { door: Door; onClose: () => void }) {
  const { t } = useTranslation('automation');
  const close = useClose();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exchanges.closing', { door: door.label })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className={s.lead}>{t('exchanges.closingLead')}</p>
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('exchanges.keep')}
        </Button>
        <Button color="red" loading={close.isPending} onClick={() => close.mutate(door.id, { onSettled: onClose })}>
          {t('exchanges.close')}
        </Button>
      </Group>
    </Modal>
  );
}
