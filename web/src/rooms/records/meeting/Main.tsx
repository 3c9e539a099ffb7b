/** Whom one meets, what was said last on each channel, what is open with them. */
import { useSay, useSchemaQuery } from '@/client/schema';
import { Badge, Monogram } from '@/design/ui';
import { spoken } from '@/fields/phone';
import { ago, dayTime, hueOf, integer } from '@/lib/format';
import { ICONS } from '../activities/kinds';
import { Facts } from '../RelatedLists';
import { useTranslation } from '../texts';
import s from './Meeting.module.css';
import { Named, Part } from './Part';
import type { Met, Sheet } from './sheet';

export function Who({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  return (
    <Part title={t('who')}>
      {sheet.people.length === 0 && <p className={s.quiet}>{t('whoNone')}</p>}
      <ul className={s.people}>
        {sheet.people.map((each) => (
          <Person key={each.id} person={each} />
        ))}
      </ul>
      {sheet.more_people && <p className={s.quiet}>{t('more')}</p>}
    </Part>
  );
}
function Person({ person }: { person: Met }) {
  const { t } = useTranslation('meeting');
  const say = useSay();
  const contact = useSchemaQuery().data?.objects.find((each) => each.name === person.object);
  const roles = contact?.fields.find((each) => each.uid === 'role')?.choices ?? [];
  const role = roles.find((each) => each.id === person.role);
  const name = person.title || `#${person.id}`;
  const call = person.mobile || person.phone;
  return (
    <li>
      <Monogram name={name} hue={hueOf(name)} size={24} round />
      <div>
        <Named other={person} />
        <small>
          {[person.job_title, person.last_at ? t('met', { when: ago(person.last_at) }) : t('neverMet')]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {call && (
          <a className="num" href={`tel:${call}`}>
            {spoken(call)}
          </a>
        )}
      </div>
      {person.expected && <Badge tone="green">{t('expected')}</Badge>}
      {person.main && !person.expected && <Badge tone="accent">{t('main')}</Badge>}
      <Badge tone={role ? 'neutral' : 'amber'}>{role ? say(role.label) : t('noRole')}</Badge>
    </li>
  );
}
export function Said({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation(['meeting', 'records']);
  return (
    <Part title={t('said')}>
      {sheet.said.length === 0 && <p className={s.quiet}>{t('saidNone')}</p>}
      <ul className={s.lines}>
        {sheet.said.map((each) => (
          <li key={each.id}>
            <span className={s.icon} title={each.kind ? t(`records:activity.kind.${each.kind}`) : undefined}>
              {each.kind && ICONS[each.kind]}
            </span>
            <div>
              <b>{each.name}</b>
              {each.body && <p className={s.body}>{each.body}</p>}
              <small>
                {[
                  each.linked.owner?.title,
                  each.linked.contact?.title,
                  each.direction && t(each.direction === 'inbound' ? 'inbound' : 'outbound'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </div>
            {each.done_at && (
              <time dateTime={each.done_at} title={dayTime(each.done_at)}>
                {ago(each.done_at)}
              </time>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
export function WordsOf({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  const say = useSay();
  if (!sheet.words.length) return null;
  return (
    <Part title={t('words')}>
      <dl className={s.words}>
        {sheet.words.map((each) => (
          <div key={each.field}>
            <dt>{say(each.label)}</dt>
            <dd>{each.text}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
export function Open({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('meeting');
  const say = useSay();
  const objects = useSchemaQuery().data?.objects ?? [];
  return (
    <Part title={t('open')}>
      {sheet.open.length === 0 && <p className={s.quiet}>{t('openNone')}</p>}
      {sheet.open.map((each) => (
        <div key={each.object} className={s.open}>
          <h4>
            {say(each.label)} <small className="num">{integer(each.count)}</small>
          </h4>
          <ul>
            {each.rows.map((row) => {
              const object = objects.find((one) => one.name === each.object);
              return (
                <li key={row.id}>
                  <Named other={{ ...row, object: each.object }} />
                  {object && <Facts object={object} values={row.values} self="account" />}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </Part>
  );
}
