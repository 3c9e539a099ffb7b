/** What a lead became, with the way back; or the way to convert it. */
import { Alert, Button, Group } from '@mantine/core';
import { IconTransform } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { day } from '@/lib/format';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import { type Proposal, undoConversion } from './conversion';

const ConvertDialog = lazy(() => import('./ConvertDialog'));
interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
export default function Converted({ object, record }: Props) {
  const { t } = useTranslation('conversion');
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const known = useQuery({
    queryKey: ['record', object.name, String(record.id), 'conversion'],
    queryFn: () => http.get<Proposal>(`/api/leads/${record.id}/conversion`),
  }).data;
  if (!known) return null;
  const made = known.converted;
  if (!made)
    return (
      record.may.update && (
        <div>
          <Button leftSection={<IconTransform size={15} />} onClick={() => setAsking(true)}>
            {t('start')}
          </Button>
          {asking && (
            <Suspense>
              <ConvertDialog object={object} record={record} onClose={() => setAsking(false)} />
            </Suspense>
          )}
        </div>
      )
    );
  return (
    <Alert color="green" variant="light">
      <Group justify="space-between">
        <span>
          {t('became', { by: made.by ?? '…', at: day(made.at) })}{' '}
          {[made.deal, made.account, made.contact]
            .filter((each) => each !== null)
            .map((each) => (
              <Link
                key={`${each.object}${each.id}`}
                to="/fiches/$object/$id"
                params={{ object: each.object, id: String(each.id) }}
                style={{ marginRight: 10 }}
              >
                {each.title}
              </Link>
            ))}
        </span>
        {record.may.update && (
          <Button variant="default" onClick={() => void undoConversion(made.id, refresh, object, record)}>
            {t('takeBack')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
