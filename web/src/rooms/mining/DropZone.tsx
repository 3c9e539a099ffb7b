/** Where a log is dropped. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { DropZone as Zone } from '@/design/DropZone';
import { useTranslation } from './texts';

export function DropZone() {
  const { t } = useTranslation('mining');
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <Zone
      path="/api/logs"
      accept=".csv,.xes,.txt,.tsv,.gz"
      texts={{ drop: t('drop'), limit: t('limit'), choose: t('choose') }}
      onReceived={async (id) => {
        await queries.invalidateQueries({ queryKey: ['logs'] });
        await navigate({ to: '/journaux/$id', params: { id } });
      }}
    />
  );
}
