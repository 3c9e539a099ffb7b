/** Where the record stands and what its gate still asks; what comes next, what was promised, what hurts. */
import { IconCircle, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useSay } from '@/client/schema';
import { Badge } from '@/design/ui';
import { ago, dayTime, duration, shortDay } from '@/lib/format';
import { ICONS } from '../activities/kinds';
import { useTranslation } from '../texts';
import s from './Meeting.module.css';
import { Named, Part } from './Part';
import type { Sheet } from './sheet';

export function Standing({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  const say = useSay();
  const here = sheet.position;
  const last = here?.path.at(-1);
  if (!here || !last) return null;
  const unmet = here.criteria.filter((each) => each.met !== true);
  const then = here.next.filter((each) => !each.back).map((each) => say(each.label));
  return (
    <Part title={t('standing')}>
      <p className={s.here}>
        <Badge tone="accent">{say(last.label)}</Badge>{' '}
        {last.seconds !== null && t('since', { duration: duration(last.seconds) })}
      </p>
      {unmet.length + here.missing.length === 0 ? (
        <p className={s.quiet}>{t('asksNothing')}</p>
      ) : (
        <>
          <h4>{t('asks')}</h4>
          <ul className={s.asks}>
            {unmet.map((each) => (
              <li key={each.id}>
                {each.met === false ? (
                  <IconCircleX size={15} color="var(--pt-red)" aria-hidden />
                ) : (
                  <IconCircleDashed size={15} color="var(--pt-text-3)" aria-hidden />
                )}
                <span>
                  {say(each.label)} {each.met === null && <small>{t('byHand')}</small>}
                </span>
              </li>
            ))}
            {here.missing.map((each) => (
              <li key={each.field}>
                <IconCircle size={15} color="var(--pt-amber)" aria-hidden />
                <span>{t('missing', { field: say(each.label) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {then.length > 0 && <p className={s.quiet}>{t('then', { stages: then.join(', ') })}</p>}
    </Part>
  );
}
export function Next({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  return (
    <Part title={t('next')}>
      {sheet.next.length === 0 && <p className={s.quiet}>{t('nextNone')}</p>}
      <ul className={s.lines}>
        {sheet.next.map((each) => (
          <li key={each.id}>
            <span className={s.icon}>{each.kind && ICONS[each.kind]}</span>
            <div>{each.name}</div>
            {each.due_at && <time dateTime={each.due_at}>{shortDay(each.due_at)}</time>}
          </li>
        ))}
      </ul>
    </Part>
  );
}
export function Promises({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  if (!sheet.promises.length) return null;
  return (
    <Part title={t('promises')}>
      <ul className={s.lines}>
        {sheet.promises.map((each, index) => (
          <li key={index} title={each.say}>
            <div>
              {each.label} {each.kept === false && <Badge tone="red">{t('late')}</Badge>}
              <small>
                {each.about && <Named other={each.about} />}
                {each.state === 'paused' ? t('paused') : each.due_at && t('due', { when: dayTime(each.due_at) })}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}
export function Noted({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  if (!sheet.noted.length) return null;
  return (
    <Part title={t('noted')}>
      <ul className={s.lines}>
        {sheet.noted.map((each) => (
          <li key={`${each.at}${each.label}`}>
            <div>
              {each.label}
              <small>
                {each.about && <Named other={each.about} />}
                {each.by ? t('by', { name: each.by, when: ago(each.at) }) : ago(each.at)}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}
export function Hurts({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  if (!sheet.irritants.length) return null;
  return (
    <Part title={t('hurts')}>
      <ul className={s.lines}>
        {sheet.irritants.map((each) => (
          <li key={each.label}>
            <div>
              {each.label}
              {each.who && <small>{each.who}</small>}
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}
