/** « Avant la démo »: one sheet that a person reads in two minutes before they meet a client; it prints alone. */
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import p from '@/design/printed.module.css';
import { Await, Empty } from '@/design/states';
import { Monogram } from '@/design/ui';
import { dayTime, hueOf } from '@/lib/format';
import { Facts } from '../RelatedLists';
import { useTranslation } from '../texts';
import s from './Meeting.module.css';
import { Hurts, Next, Noted, Promises, Standing } from './Aside';
import { Open, Said, Who, WordsOf } from './Main';
import { type Sheet, useSheet } from './sheet';
import { useSheetTitle } from './title';
import './texts';

export function MeetingPage() {
  const { t } = useTranslation(['meeting', 'records']);
  const say = useSay();
  const { object: name, id } = useParams({ strict: false }) as { object: string; id: string };
  const { rendez_vous: meeting } = useSearch({ strict: false }) as { rendez_vous?: number };
  const object = useSchemaQuery().data?.objects.find((each) => each.name === name);
  const title = useSheetTitle(name);
  const sheet = useSheet(name, id, Number.isInteger(meeting) ? meeting : undefined);
  return (
    <>
      <PageHead
        crumbs={[
          object ? (
            <Link key="record" to="/fiches/$object/$id" params={{ object: name, id }}>
              {sheet.data?.record.title || say(object.label)}
            </Link>
          ) : (
            ''
          ),
          title,
        ]}
      >
        {sheet.data && (
          <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        )}
      </PageHead>
      <Await query={sheet}>
        {(known) =>
          object ? (
            <Shown sheet={known} object={object} />
          ) : (
            <Empty title={t('records:list.notThere')}>{t('records:list.notThereLead')}</Empty>
          )
        }
      </Await>
    </>
  );
}
function Shown({ sheet, object }: { sheet: Sheet; object: ObjectShape }) {
  return (
    <div className={`${s.sheet} ${p.alone}`} tabIndex={0} role="region" aria-label={useSheetTitle(object.name)}>
      <Head sheet={sheet} object={object} />
      <div className={s.columns}>
        <div>
          <Who sheet={sheet} />
          <Said sheet={sheet} />
          <WordsOf sheet={sheet} />
          <Open sheet={sheet} />
        </div>
        <div>
          <Standing sheet={sheet} />
          <Next sheet={sheet} />
          <Promises sheet={sheet} />
          <Noted sheet={sheet} />
          <Hurts sheet={sheet} />
        </div>
      </div>
    </div>
  );
}
function Head({ sheet, object }: { sheet: Sheet; object: ObjectShape }) {
  const { t } = useTranslation('meeting');
  const { record, account, meeting } = sheet;
  const title = record.title || `#${record.id}`;
  const when = meeting?.due_at ?? meeting?.done_at;
  return (
    <header className={s.head}>
      <Monogram name={title} hue={hueOf(title)} size={40} />
      <div>
        <h2>{title}</h2>
        <p>
          {account && account.title !== record.title && (
            <Link to="/fiches/$object/$id" params={{ object: account.object, id: String(account.id) }}>
              {account.title}
            </Link>
          )}
          <Facts object={object} values={record.values} self="" />
        </p>
        <p className={s.when}>
          {!meeting
            ? t('none')
            : when
              ? t('for', { name: meeting.name, when: dayTime(when) })
              : t('forUndated', { name: meeting.name })}
        </p>
      </div>
    </header>
  );
}
