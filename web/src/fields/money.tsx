import { exactMoney } from '@/lib/format';
import type { FieldKind } from './kind';
import { NumberField, symbol } from './NumberField';

export const money: FieldKind = {
  numeric: true,
  Show: ({ value, field }) => <span className="num">{exactMoney(String(value), field.currency ?? 'EUR')}</span>,
  Input: (props) => (
    <NumberField {...props} decimals={props.field.decimals ?? 2} suffix={symbol(props.field.currency)} />
  ),
};
