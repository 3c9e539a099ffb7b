/** The keys that sign what webhooks are told: hidden, shown once, renewed at will. */
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { Await } from '@/design/states';
import { dayTime } from '@/lib/format';
import { type SigningKey, useKeys, useRenewKey, useShowKey } from './exchanges';
import s from './Rules.module.css';
import { ShownOnce } from './ShownOnce';
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
  return (
    <ShownOnce
      title={t('keys.of', { host })}
      lead={t('keys.once')}
      label={t('keys.key')}
      secret={value}
      copy={t('keys.copy')}
      copied={t('keys.copied')}
      onClose={onClose}
    >
      <p className={s.quiet}>{t('keys.how')}</p>
    </ShownOnce>
  );
}
