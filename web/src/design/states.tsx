/** The three states of a screen that has nothing to show yet: loading, failed, empty. */
import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { asProblem } from '@/client/problem';
import { useTranslation } from '@/i18n';
import s from './states.module.css';

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={s.loading} role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={28} radius="sm" width={`${96 - ((index * 13) % 40)}%`} />
      ))}
    </div>
  );
}
interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}
export function Empty({ title, children, action, icon }: EmptyProps) {
  return (
    <div className={s.empty}>
      {icon && <div className={s.icon}>{icon}</div>}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className={s.actions}>{action}</div>}
    </div>
  );
}
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { status, sentences } = asProblem(error);
  // Asking again changes nothing when one may not, or when there is nothing there.
  const why = status === 403 ? 'refused' : status === 404 ? 'missing' : 'failed';
  return (
    <div role="alert">
      <Empty
        title={t(`state.${why}`)}
        action={
          onRetry &&
          why === 'failed' && (
            <Button variant="default" onClick={onRetry}>
              {t('state.retry')}
            </Button>
          )
        }
      >
        {sentences.join(' ')}
      </Empty>
    </div>
  );
}
interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}
/** Shows the answer of a query, or the state it is in. */
export function Await<T>({
  query,
  children,
  rows,
}: {
  query: QueryLike<T>;
  children: (data: T) => ReactNode;
  rows?: number;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Loading rows={rows} />;
  return <Failed error={query.error} onRetry={() => void query.refetch()} />;
}
