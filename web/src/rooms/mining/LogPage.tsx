/** One log: its columns while they are checked, its progress, then the process as it happens. */
import { Anchor } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';
import { Busy } from '@/design/DropZone';
import { PageHead } from '@/design/PageHead';
import { Refused } from '@/design/Refused';
import { Await } from '@/design/states';
import { AsIs } from './AsIs';
import { Columns } from './Columns';
import w from '@/design/work.module.css';
import { isMoving, isReady, type Log, useLog } from './queries';
import { useTranslation } from './texts';

export function LogPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const log = useLog(id);
  return <Await query={log}>{(known) => <Screen log={known} />}</Await>;
}
function Screen({ log }: { log: Log }) {
  const { t } = useTranslation('mining');
  if (isReady(log)) return <AsIs log={log} />;
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="logs" to="/journaux">
            {t('title')}
          </Link>,
          log.name,
        ]}
      />
      <div className={w.scroll}>
        {log.state === 'failed' && (
          <Refused m="md" title={t('failed')}>
            {log.error}{' '}
            <Anchor href={`/api/logs/${log.id}/rejected.csv`} size="sm">
              {t('rejected', { count: log.rejected })}
            </Anchor>
          </Refused>
        )}
        {isMoving(log.state) ? <Importing log={log} /> : <Columns id={log.id} />}
      </div>
    </>
  );
}
function Importing({ log }: { log: Log }) {
  const { t } = useTranslation('mining');
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => http.post(`/api/logs/${log.id}/cancel`),
    onError: toastProblem,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['log'] }),
  });
  return <Busy title={t('importing')} share={log.progress ?? 0} onCancel={() => cancel.mutate()} />;
}
