/** Who counts on the other side: the contacts of the account, each with their role. */
import { Link } from '@tanstack/react-router';
import type { RecordAnswer } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { Badge, Monogram } from '@/design/ui';
import { hueOf } from '@/lib/format';
import { useRows } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

export function Stakeholders({ object, record }: { object: ObjectShape; record: RecordAnswer }) {
  const contact = useSchemaQuery().data?.objects.find((each) => each.uid === 'contact');
  const account = object.uid === 'account' ? record.id : record.values.account;
  if (!contact || object.uid === 'contact' || typeof account !== 'number') return null;
  return <Those contact={contact} account={account} main={record.values.contact} />;
}
function Those({ contact, account, main }: { contact: ObjectShape; account: number; main: unknown }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const condition = JSON.stringify({ field: 'account', test: 'equals', value: account });
  const rows = useRows(contact.name, { condition, sort: 'name' }).data?.pages[0]?.rows ?? [];
  const roles = contact.fields.find((field) => field.name === 'role')?.choices ?? [];
  if (!rows.length) return null;
  return (
    <section className={s.panel} aria-label={t('stakeholders.title')}>
      <h3>{t('stakeholders.title')}</h3>
      <ul className={s.stakes}>
        {rows.map(({ id, title, values }) => {
          const name = title || `#${id}`;
          const role = roles.find((each) => each.id === values.role);
          return (
            <li key={id}>
              <Monogram name={name} hue={hueOf(name)} size={20} round />
              <div>
                <Link to="/fiches/$object/$id" params={{ object: contact.name, id: String(id) }}>
                  {name}
                </Link>
                {typeof values.job_title === 'string' && <small>{values.job_title}</small>}
              </div>
              {id === main && <Badge tone="accent">{t('stakeholders.main')}</Badge>}
              <Badge tone={role ? 'neutral' : 'amber'}>{role ? say(role.label) : t('stakeholders.noRole')}</Badge>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
