/** What comes in through doors and goes out to webhooks: opened, closed, given up, played again. */
import { Button } from '@mantine/core';
import { IconDoorEnter, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '@/client/session';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Deliveries } from './Deliveries';
import { DoorDialog } from './DoorDialog';
import { DoorLine } from './DoorLine';
import { useDoors } from './exchanges';
import { Keys } from './Keys';
import s from './Rules.module.css';
import { useTranslation } from './texts';

export function ExchangesPage() {
  const { t } = useTranslation('automation');
  const mayBuild = useSession().may.apply;
  const [opening, setOpening] = useState(false);
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="rules" to="/regles">
            {t('title')}
          </Link>,
          t('exchanges.title'),
        ]}
      >
        {mayBuild && (
          <Button leftSection={<IconDoorEnter size={15} />} onClick={() => setOpening(true)}>
            {t('exchanges.open')}
          </Button>
        )}
      </PageHead>
      {mayBuild ? (
        <div className={s.scroll}>
          <Doors />
          <Keys />
          <Deliveries />
        </div>
      ) : (
        <Empty icon={<IconLock size={30} stroke={1.3} />} title={t('exchanges.closed')}>
          {t('exchanges.closedLead')}
        </Empty>
      )}
      {opening && <DoorDialog onClose={() => setOpening(false)} />}
    </>
  );
}
function Doors() {
  const { t } = useTranslation('automation');
  const doors = useDoors();
  return (
    <section aria-label={t('exchanges.doors')}>
      <h2 className={s.heading}>{t('exchanges.doors')}</h2>
      <p className={s.lead}>{t('exchanges.doorsLead')}</p>
      <Await query={doors} rows={3}>
        {(known) =>
          known.length === 0 ? (
            <p className={s.quiet}>{t('exchanges.noDoor')}</p>
          ) : (
            <ul className={s.list}>
              {known.map((door) => (
                <DoorLine key={door.id} door={door} />
              ))}
            </ul>
          )
        }
      </Await>
    </section>
  );
}
