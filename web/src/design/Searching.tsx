/** A long search in the place of what it will find: how far it is, that it was stopped or why it failed, again. */
import { Button } from '@mantine/core';
import { isSearching, type Search } from '@/client/searches';
import { useTranslation } from '@/i18n';
import { Busy } from './DropZone';
import { Refused } from './Refused';
import { Empty } from './states';

interface Props {
  title: string;
  search: Search | null;
  /** What was answered when the search was asked for, if it was refused. */
  error?: unknown;
  onStop: (search: Search) => void;
  onAgain: () => void;
}
export function Searching({ title, search, error, onStop, onAgain }: Props) {
  const { t } = useTranslation('app');
  if (!error && (search === null || isSearching(search)))
    return (
      <Busy
        title={title}
        share={search?.progress ?? 0}
        onCancel={search?.may_stop ? () => onStop(search) : undefined}
      />
    );
  const failed = error !== undefined && error !== null ? true : search?.state === 'failed';
  return (
    <Empty
      title={t(failed ? 'search.failed' : 'search.stopped')}
      action={
        <Button variant="default" onClick={onAgain}>
          {t('search.again')}
        </Button>
      }
    >
      {failed && <Refused error={error}>{search?.error}</Refused>}
    </Empty>
  );
}
