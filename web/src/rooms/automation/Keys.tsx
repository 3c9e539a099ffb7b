/** The keys that sign what webhooks are told: hidden, shown once, renewed at will. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { toast } from '@/client/toast';
import { Await } from '@/design/states';
import { dayTime } from '@/lib/format';
import { type SigningKey, useKeys, useRenewKey, useShowKey } from './exchanges';
import s from './Rules.module.css';
import { useTranslation } from './texts';

export function Keys() {
  const { t } = useTranslation('automation');
  const keys = useKeys();
  return (
    <section aria-label={t('keys.title')}>
      <h2 className={s.heading}>{t('keys.title')}</h2>
      <p className={s.lead}>{t('keys.lead')}</p>
      <Await query={keys} rows={2}>
        {(known) =>
          known.length === 0 ? (
            <p className={s.quiet}>{t('keys.none')}</p>
          ) : (
            <ul className={s.list}>
              {known.map((each) => (
                <Line key={each.host} signing={each} />
              ))}
            </ul>
          )
        }
      </Await>
    </section>
  );
}
function Line({ signing: { host, hint, shown_at: shown, renewed_at: renewed } }: { signing: SigningKey }) {
  const { t } = useTranslation('automation');
  const [key, setKey] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const show = useShowKey(setKey);
  const renew = useRenewKey((next) => {
    setAsking(false);
    setKey(next);
  });
  const told = renewed
    ? t('keys.renewed', { when: dayTime(renewed) })
    : shown && t('keys.shown', { when: dayTime(shown) });
  return (
    <li className={s.rule}>
      <div className={s.said}>
        <p>
          <b>{host}</b> <code aria-label={t('keys.hidden', { hint })}>••••••••{hint}</code>
        </p>
        <p className={s.quiet}>{told ?? t('keys.never')}</p>
      </div>
      {shown ? (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`${t('keys.renew')} – ${host}`}
          onClick={() => setAsking(true)}
        >
          {t('keys.renew')}
        </Button>
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`${t('keys.show')} – ${host}`}
          loading={show.isPending}
          onClick={() => show.mutate(host)}
        >
          {t('keys.show')}
        </Button>
      )}
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t('keys.renewing', { host })}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <p className={s.lead}>{t('keys.renewingLead')}</p>
          <Group justify="flex-end" gap="sm" mt="md">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('exchanges.keep')}
            </Button>
            <Button loading={renew.isPending} onClick={() => renew.mutate(host)}>
              {t('keys.renew')}
            </Button>
          </Group>
        </Modal>
      )}
      {key && <Shown host={host} value={key} onClose={() => setKey(null)} />}
    </li>
  );
}
function Shown({ host, value, onClose }: { host: string; value: string; onClose: () => void }) {
  const { t } = useTranslation('automation');
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast(t('keys.copied'));
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('keys.of', { host })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={s.door}>
        <p className={s.lead}>{t('keys.once')}</p>
        <TextInput
          readOnly
          data-autofocus
          label={t('keys.key')}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <p className={s.quiet}>{t('keys.how')}</p>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
            {t('keys.copy')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
