/** The real cases behind a step: those that wait, or all of them, found by their name. */
import { Button, Switch, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { duration, shortMoney } from '@/lib/format';
import s from './Maps.module.css';
import { type CaseRow, useCases } from './queries';
import { useTranslation } from './texts';

export function Cases({ step, log }: { step: string; log: string | null }) {
  const { t } = useTranslation('maps');
  const [blocked, setBlocked] = useState(true);
  const [words, setWords] = useState('');
  const cases = useCases(log, step, blocked);
  const shown = (rows: CaseRow[]) =>
    rows.filter((row) => (row.record?.title ?? row.case).toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <section aria-label={t('stuck')}>
      <h3 className={w.title}>
        {t('stuck')}
        <Switch
          size="xs"
          label={t('waitingOnly')}
          checked={blocked}
          onChange={(event) => setBlocked(event.currentTarget.checked)}
        />
      </h3>
      <TextInput
        size="xs"
        aria-label={t('filterCases')}
        placeholder={t('filterCases')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Await query={cases} rows={3}>
        {({ pages }) => {
          const rows = shown(pages.flatMap((page) => page.rows));
          return (
            <ul className={s.cases}>
              {rows.length === 0 && <li>{t('noCase')}</li>}
              {rows.map((row) => (
                <Case key={row.case} row={row} />
              ))}
            </ul>
          );
        }}
      </Await>
      {cases.hasNextPage && (
        <Button variant="subtle" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
          {t('moreCases')}
        </Button>
      )}
    </section>
  );
}
function Case({ row }: { row: CaseRow }) {
  return (
    <li>
      {row.record ? (
        <Link to={`/fiches/${row.record.object}/${row.record.id}` as '/'}>{row.record.title}</Link>
      ) : (
        <span>{row.case}</span>
      )}
      {row.amount != null && <b className="num">{shortMoney(row.amount)}</b>}
      <small>{row.waiting_seconds == null ? '' : duration(row.waiting_seconds)}</small>
    </li>
  );
}
