/** A quote: what may be done with it, its lines, what they come to, its versions. */
import { Link } from '@tanstack/react-router';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { Await } from '@/design/states';
import { exactMoney } from '@/lib/format';
import r from '../RecordPage.module.css';
import { useTranslation } from '../texts';
import { Actions } from './Actions';
import { Lines } from './Lines';
import { type Sheet, useSheet } from './quote';
import s from './Quotes.module.css';
import { Status } from './Status';
import { TakeAmount } from './TakeAmount';
import { Totals } from './Totals';

interface Props {
  object: ObjectShape;
  record: RecordAnswer;
}
export default function QuoteSheet({ object, record }: Props) {
  const sheet = useSheet(object.name, record.id);
  return (
    <Await query={sheet} rows={5}>
      {(known) => (
        <>
          <Actions object={object} sheet={known} />
          <TakeAmount sheet={known} />
          <Lines sheet={known} />
          <Totals object={object} sheet={known} />
          <Versions object={object} sheet={known} />
        </>
      )}
    </Await>
  );
}
/** The other versions under the same number. */
function Versions({ object, sheet }: { object: ObjectShape; sheet: Sheet }) {
  const { t } = useTranslation('quotes');
  const others = sheet.versions.filter((each) => each.id !== sheet.quote.id);
  if (!others.length) return null;
  return (
    <section className={r.group}>
      <h3>{t('versions')}</h3>
      <ul className={s.versions}>
        {others.map((each) => (
          <li key={each.id}>
            <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(each.id) }}>
              {each.name ?? `#${each.id}`}
            </Link>
            <Status object={object} status={each.status} />
            {each.net != null && <span className="num">{exactMoney(each.net)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
