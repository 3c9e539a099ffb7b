/** What one does about a record: log what was said, plan what is next, do what waits. */
import { Button } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '../texts';
import p from '../RecordPage.module.css';
import s from './Activities.module.css';
import { ICONS } from './kinds';
import LogSheet from './LogSheet';
import NextStep from './NextStep';
import { type About, type Kind, KINDS, useLinkTo, useWaiting } from './queries';
import { Waiting } from './Waiting';

const SignalDialog = lazy(() => import('./SignalDialog'));
interface Props {
  about: About;
  title: string;
  /** Whether something should come next: the record is not closed. */
  open: boolean;
}
export function Activities({ about, title, open }: Props) {
  const { t } = useTranslation('records');
  const link = useLinkTo(about.object);
  const waiting = useWaiting(about).data;
  const [logging, setLogging] = useState<Kind | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [noticing, setNoticing] = useState(false);
  const none = waiting?.length === 0;
  if (!waiting) return null;
  return (
    <>
      {link && (
        <div className={s.bar} role="toolbar" aria-label={t('activity.log')}>
          {KINDS.map((kind) => (
            <Button
              key={kind}
              variant="default"
              leftSection={ICONS[kind]}
              classNames={{ root: s.kind, inner: s.inner, section: s.section, label: s.label }}
              onClick={() => setLogging(kind)}
            >
              {t(`activity.kind.${kind}`)}
            </Button>
          ))}
          <Button
            variant="default"
            leftSection={<IconFlag size={15} stroke={1.7} />}
            classNames={{ root: s.kind, inner: s.inner, section: s.section, label: s.label }}
            onClick={() => setNoticing(true)}
          >
            {t('signal.go')}
          </Button>
        </div>
      )}
      {waiting.length > 0 && (
        <section className={p.group} aria-label={t('activity.waiting')}>
          <h3>{t('activity.waiting')}</h3>
          <Waiting activities={waiting} onFinished={(left) => open && !left && setAsking('')} />
        </section>
      )}
      {logging && link && (
        <LogSheet
          kind={logging}
          about={about}
          link={link}
          title={title}
          onClose={() => setLogging(null)}
          onLogged={(hint) => {
            setLogging(null);
            if (open && none && logging !== 'task' && logging !== 'note') setAsking(hint);
          }}
        />
      )}
      {noticing && (
        <Suspense>
          <SignalDialog about={about} onClose={() => setNoticing(false)} />
        </Suspense>
      )}
      {asking !== null && link && (
        <NextStep about={about} link={link} title={title} hint={asking} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
