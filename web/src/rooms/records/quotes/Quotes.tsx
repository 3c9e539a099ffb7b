/** The quotes of a deal, the newest first; a new one takes its lines over. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { type ObjectShape, useSchemaQuery } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { exactMoney, shortDay } from '@/lib/format';
import { useRelated } from '../queries';
import r from '../RecordPage.module.css';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import './quote';
import { Status } from './Status';

export default function Quotes({ object, record }: { object: ObjectShape; record: RecordAnswer }) {
  const { t } = useTranslation('quotes');
  const navigate = useNavigate();
  const refresh = useRefresh();
  const shape = useSchemaQuery().data?.objects.find((each) => each.uid === 'quote');
  const known = useRelated(object.name, String(record.id)).data?.find((each) => each.object === shape?.name);
  const begin = useMutation({
    mutationFn: () => http.post<{ id: number }>(`/api/opportunities/${record.id}/quotes`),
    onError: toastProblem,
    onSuccess: async ({ id }) => {
      void refresh('quote');
      await navigate({ to: '/fiches/$object/$id', params: { object: 'quote', id: String(id) } });
    },
  });
  if (!shape || !known) return null;
  return (
    <section className={r.group} aria-label={t('title')}>
      <h3>
        {t('title')}
        {record.may.update && shape.may.create && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            loading={begin.isPending}
            onClick={() => begin.mutate()}
          >
            {t('new')}
          </Button>
        )}
      </h3>
      {known.rows.length === 0 ? (
        <p className={r.touch}>{t('none')}</p>
      ) : (
        <div className={r.wide} role="region" aria-label={t('title')} tabIndex={0}>
          <table className={r.few}>
            <thead>
              <tr>
                <th scope="col">{t('number')}</th>
                <th scope="col">{t('status')}</th>
                <th scope="col" data-numeric>
                  {t('net')}
                </th>
                <th scope="col">{t('until')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {known.rows.map(({ id, title, values }) => (
                <tr key={id}>
                  <td>
                    <Link to="/fiches/$object/$id" params={{ object: shape.name, id: String(id) }}>
                      {title}
                    </Link>
                  </td>
                  <td>
                    <Status object={shape} status={values.status} />
                  </td>
                  <td data-numeric className="num">
                    {values.net == null ? '–' : exactMoney(String(values.net))}
                  </td>
                  <td>{values.valid_until ? shortDay(String(values.valid_until)) : '–'}</td>
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
