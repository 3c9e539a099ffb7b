/** Why cases wait at a step, or on the way to another: cause by cause, and what goes with blocking there. */
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { duration, integer, percent } from '@/lib/format';
import { useTranslation } from './texts';
import s from './Waiting.module.css';

interface Props {
  log: string;
  step: string;
  target?: string;
  filters?: string;
}
export default function Waiting({ log, step, target, filters = '' }: Props) {
  const { t } = useTranslation('waiting');
  const told = useQuery({
    queryKey: ['waiting', log, step, target, filters],
    queryFn: () =>
      answer(
        api.GET('/api/logs/{log_id}/why', {
          params: { path: { log_id: log }, query: { step, filters, ...(target ? { target } : {}) } },
        }),
      ),
  });
  return (
    <section aria-label={t('title')}>
      <h3 className={w.title}>{t('title')}</h3>
      <Await query={told} rows={4}>
        {({ split, passing }) => (
          <div className={w.panel}>
            <p className={s.said}>{split.sentence}</p>
            {!split.early && split.seconds > 0 && <Split split={split} />}
            {passing && <Passing passing={passing} />}
          </div>
        )}
      </Await>
    </section>
  );
}
function Split({ split }: { split: Shape<'WaitSplit'> }) {
  const { t } = useTranslation('waiting');
  const { causes } = split;
  return (
    <>
      <div className={s.bar} aria-hidden>
        {causes
          .filter((each) => each.seconds > 0)
          .map((each) => (
            <i
              key={each.cause}
              className={s[each.cause]}
              style={{ '--part': each.share } as React.CSSProperties}
              title={each.sentence}
            />
          ))}
      </div>
      <table className={s.table} aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col">{t('cause')}</th>
            <th scope="col">{t('share')}</th>
            <th scope="col">{t('openShare')}</th>
            <th scope="col">{t('waits')}</th>
          </tr>
        </thead>
        <tbody>
          {causes.map((each) => (
            <tr key={each.cause} title={each.sentence}>
              <th scope="row">
                <i className={`${s.dot} ${s[each.cause]}`} />
                {each.label}
              </th>
              {each.known ? (
                <>
                  <td className="num">{percent(each.share, 1)}</td>
                  <td className="num">{each.open_share == null ? '–' : percent(each.open_share)}</td>
                  <td className="num">{integer(each.waits)}</td>
                </>
              ) : (
                <td colSpan={3}>{t('unknown')}</td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('all')}</th>
            <td className="num" title={duration(split.seconds)}>
              {percent(1)}
            </td>
            <td className="num">{percent(split.open_seconds > 0 ? 1 : 0)}</td>
            <td className="num">{integer(split.waits)}</td>
          </tr>
        </tfoot>
      </table>
      <ul className={s.notes}>
        {split.notes.map((each) => (
          <li key={each}>{each}</li>
        ))}
        <li>{t('method')}</li>
      </ul>
    </>
  );
}
function Passing({ passing }: { passing: Shape<'PassingAnswer'> }) {
  const { t } = useTranslation('waiting');
  return (
    <div>
      <h4 className={w.title}>{t('apart')}</h4>
      <p className={s.faint}>{passing.sentence}</p>
      <ul className={w.list}>
        {passing.apart.map((each) => (
          <li key={`${each.attribute}=${each.value}`}>
            <span>{each.sentence}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
