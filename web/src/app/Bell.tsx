/** The bell: what the product tells the person, how much of it is new, and where it leads. */
import { ActionIcon, Button, Indicator, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { addressOf, type Notice, useNotices, useSeen } from '@/client/notices';
import { useSchemaQuery } from '@/client/schema';
import { Await } from '@/design/states';
import { useTranslation } from '@/i18n';
import { ago } from '@/lib/format';
import s from './Bell.module.css';

const MANY = 9;
export default function Bell() {
  const { t } = useTranslation('app');
  const [open, { toggle, close }] = useDisclosure(false);
  const notices = useNotices();
  const seen = useSeen();
  const fresh = (notices.data ?? []).filter((each) => !each.seen_at);
  const count = fresh.length > MANY ? `${MANY}+` : String(fresh.length);
  return (
    <Popover opened={open} onDismiss={close} position="bottom-end" width="min(360px, 94vw)" trapFocus returnFocus>
      <Indicator label={count} size={15} offset={5} disabled={fresh.length === 0} className={s.count}>
        <Popover.Target>
          <ActionIcon
            aria-label={fresh.length ? t('bell.fresh', { count: fresh.length }) : t('bell.title')}
            onClick={toggle}
          >
            <IconBell size={17} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('bell.title')}>
        <div className={s.head}>
          <h2>{t('bell.title')}</h2>
          {fresh.length > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => seen.mutate(fresh.map((each) => each.id))}>
              {t('bell.seen')}
            </Button>
          )}
        </div>
        <Await query={notices} rows={3}>
          {(known) => (
            <ul className={s.list} tabIndex={0} aria-label={t('bell.title')}>
              {known.length === 0 && <li className={s.none}>{t('bell.empty')}</li>}
              {known.map((each) => (
                <li key={each.id} data-fresh={!each.seen_at || undefined}>
                  <One notice={each} onClose={close} />
                </li>
              ))}
            </ul>
          )}
        </Await>
      </Popover.Dropdown>
    </Popover>
  );
}
function One({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const navigate = useNavigate();
  const seen = useSeen();
  const address = addressOf(notice.subject, useSchemaQuery().data);
  const follow = () => {
    if (!notice.seen_at) seen.mutate([notice.id]);
    if (!address) return;
    onClose();
    void navigate({ to: address });
  };
  return (
    <button type="button" onClick={follow}>
      <span>{notice.say}</span>
      <time dateTime={notice.at}>{ago(notice.at)}</time>
    </button>
  );
}
