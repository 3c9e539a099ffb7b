/** What the lines come to, as the server counts: never typed, but for the discount on the whole. */
import type { ObjectShape } from '@/client/schema';
import { exactMoney, percent } from '@/lib/format';
import { Field } from '../Fields';
import { useTranslation } from '../texts';
import type { Sheet } from './quote';
import s from './Quotes.module.css';

export function Totals({ object, sheet }: { object: ObjectShape; sheet: Sheet }) {
  const { t } = useTranslation('quotes');
  const { quote, taxed } = sheet;
  const said = quote.values;
  const rate = Number(said.discount_rate ?? 0);
  const discount = object.fields.find((each) => each.uid === 'discount');
  if (said.net == null) return null;
  return (
    <section className={s.totals} aria-label={t('total')}>
      <dl>
        <Line label={t('linesTotal')} amount={said.lines_total} />
      </dl>
      <dl>{discount && <Field field={discount} object={object} record={quote} />}</dl>
      <dl>
        <Line label={t('netTotal')} amount={said.net} />
        {taxed.map((each) => (
          <Line
            key={each.rate}
            label={t('vat', { rate: share(each.rate), base: exactMoney(each.base) })}
            amount={each.vat}
          />
        ))}
        <Line label={t('total')} amount={said.total} strong />
      </dl>
      <p>{t('euros')}</p>
      {rate > 0 && <p>{t('rate', { rate: share(rate) })}</p>}
    </section>
  );
}
const share = (rate: number | string) => percent(Number(rate) / 100, 2);

function Line({ label, amount, strong }: { label: string; amount: unknown; strong?: boolean }) {
  return (
    <div className={s.line} data-strong={strong}>
      <dt>{label}</dt>
      <dd className="num">{exactMoney(String(amount ?? 0))}</dd>
    </div>
  );
}
