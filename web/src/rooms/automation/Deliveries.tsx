/** What webhooks were told: when, by which rule, about what, the try and the answer; what was given up is played again. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { toast } from '@/client/toast';
import { Await } from '@/design/states';
import { Badge, type Tone } from '@/design/ui';
import { ago, dayTime, integer } from '@/lib/format';
import { type Delivery, useAgain, useDeliveries } from './exchanges';
import s from './Rules.module.css';
import { useTranslation } from './texts';

const TONES: Record<string, Tone> = { done: 'green', waiting: 'accent', dead: 'red' };
const HEADS = ['when', 'rule', 'record', 'tries', 'answer'] as const;

export function Deliveries() {
  const { t } = useTranslation('automation');
  const deliveries = useDeliveries();
  return (
    <section aria-label={t('exchanges.deliveries')}>
      <h2 className={s.heading}>{t('exchanges.deliveries')}</h2>
      <p className={s.lead}>{t('exchanges.deliveriesLead')}</p>
      <Await query={deliveries} rows={3}>
        {(known) =>
          known.length === 0 ? (
            <p className={s.quiet}>{t('exchanges.noDelivery')}</p>
          ) : (
            <div className={s.tableScroll} tabIndex={0} role="group" aria-label={t('exchanges.table')}>
              <table className={s.table}>
                <thead>
                  <tr>
                    {HEADS.map((each) => (
                      <th key={each} scope="col">
                        {t(`exchanges.head.${each}`)}
                      </th>
                    ))}
                    <th scope="col">
                      <span className="sr">{t('exchanges.head.actions')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {known.map((each) => (
                    <Line key={each.id} delivery={each} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Await>
    </section>
  );
}
function Line({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('automation');
  const { record, label, at, state, attempts, url } = delivery;
  const host = hostOf(url);
  const again = useAgain(() => toast(t('exchanges.playing', { host })));
  return (
    <tr>
      <td>
        <time dateTime={at} title={dayTime(at)}>
          {ago(at)}
        </time>
      </td>
      <td>
        {label}
        <small title={url}>{host}</small>
      </td>
      <td>
        {record ? (
          <Link to="/fiches/$object/$id" params={{ object: record.object, id: String(record.row_id) }}>
            {record.title}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td className="num" data-head={t('exchanges.head.tries')}>
        {integer(attempts)}
      </td>
      <td>
        <Badge tone={TONES[state]}>{t(`exchanges.state.${state}`)}</Badge>
        {(delivery.status > 0 || delivery.error) && (
          <small>{delivery.status > 0 ? `HTTP ${delivery.status}` : delivery.error}</small>
        )}
      </td>
      <td>
        {state === 'dead' && (
          <Button
            variant="default"
            size="compact-sm"
            loading={again.isPending}
            aria-label={`${t('exchanges.again')} – ${label}, ${record?.title ?? host}`}
            onClick={() => again.mutate(delivery.id)}
          >
            {t('exchanges.again')}
          </Button>
        )}
      </td>
    </tr>
  );
}
function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
