import { integer as written } from '@/lib/format';
import { type FieldKind, isEmpty } from './kind';
import { NumberField } from './NumberField';

export const integer: FieldKind = {
  numeric: true,
  Show: ({ value }) => <span className="num">{written(Number(value))}</span>,
  Input: (props) => (
    <NumberField {...props} decimals={0} onChange={(value) => props.onChange(isEmpty(value) ? null : Number(value))} />
  ),
};
