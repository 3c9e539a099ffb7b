/** What the contacts of won cases have that those of lost ones have not: each finding leads to its cases. */
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { Await, Loading } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { useTranslation } from './texts';
import s from './Winning.module.css';

const Cases = lazy(() => import('./Cases'));

interface Props {
  log: string;
  filters: string;
  /** Narrows to the cases that a stack of filters in JSON chooses; without it, they are listed in place. */
  onOnly?: (stack: string) => void;
}
export function Winning({ log, filters, onOnly }: Props) {
  const { t } = useTranslation('winning');
  const told = useQuery({
    queryKey: ['winning', log, filters],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/logs/{log_id}/winning', { params: { path: { log_id: log }, query: { filters } } })),
  });
  return (
    <Await query={told}>
      {(known) => (
        <>
          <p className={s.said} role="status">
            {known.sentence}
          </p>
          {known.steps && <small className={s.faint}>{t('steps')}</small>}
          {known.numbers.length > 0 && (
            <ul className={w.list} aria-label={t('numbers')}>
              {known.numbers.map((each) => (
                <li key={each.what}>
                  <span>{each.sentence}</span>
                  <Verdict one={each} />
                </li>
              ))}
            </ul>
          )}
          {known.patterns.length > 0 && (
            <>
              <ul className={w.list} aria-label={t('patterns')}>
                {known.patterns.map((each) => (
                  <Line key={each.stack} one={each} log={log} onOnly={onOnly} />
                ))}
              </ul>
              <small className={s.faint}>{t('method')}</small>
            </>
          )}
        </>
      )}
    </Await>
  );
}
function Verdict({ one }: { one: { established: boolean; verdict: string } }) {
  return <Badge tone={one.established ? 'accent' : 'neutral'}>{one.verdict}</Badge>;
}
interface LineProps {
  one: Shape<'WinningPattern'>;
  log: string;
  onOnly: ((stack: string) => void) | undefined;
}
function Line({ one, log, onOnly }: LineProps) {
  const { t } = useTranslation('winning');
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span>{one.sentence}</span>
      <Verdict one={one} />
      <small>{one.equal}</small>
      <div className={s.acts}>
        {onOnly ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onOnly(one.stack)}>
            {t('only')}
          </Button>
        ) : (
          <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'hide' : 'show')}
          </Button>
        )}
      </div>
      {open && (
        <Suspense fallback={<Loading rows={2} />}>
          <Cases log={log} stack={one.stack} />
        </Suspense>
      )}
    </li>
  );
}
