/** The cases of a finding, each with the way to its record. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '@/client/api';
import { Await } from '@/design/states';
import { day } from '@/lib/format';
import { useTranslation } from './texts';
import s from './Winning.module.css';

export default function Cases({ log, stack }: { log: string; stack: string }) {
  const { t } = useTranslation('winning');
  const cases = useInfiniteQuery({
    queryKey: ['log-cases', log, null, false, stack],
    initialPageParam: '',
    queryFn: ({ pageParam: after }) =>
      answer(
        api.GET('/api/logs/{log_id}/cases', { params: { path: { log_id: log }, query: { after, filters: stack } } }),
      ),
    getNextPageParam: (page) => page.next,
  });
  return (
    <div className={s.cases}>
      <Await query={cases} rows={2}>
        {({ pages }) => (
          <ul aria-label={t('cases')}>
            {pages.every((page) => page.rows.length === 0) && <li>{t('noCase')}</li>}
            {pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <li key={row.case}>
                  {row.record ? (
                    <Link
                      to="/fiches/$object/$id"
                      params={{ object: row.record.object, id: String(row.record.id) }}
                      title={day(row.started)}
                    >
                      {row.record.title}
                    </Link>
                  ) : (
                    row.case
                  )}
                </li>
              ))}
          </ul>
        )}
      </Await>
      {cases.hasNextPage && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={cases.isFetchingNextPage}
          onClick={() => void cases.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </div>
  );
}
