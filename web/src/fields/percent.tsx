import { percent as written } from '@/lib/format';
import type { FieldKind } from './kind';
import { NumberField } from './NumberField';

export const percent: FieldKind = {
  numeric: true,
  Show: ({ value, field }) => <span className="num">{written(Number(value) / 100, field.decimals ?? 2)}</span>,
  Input: (props) => <NumberField {...props} decimals={props.field.decimals ?? 2} suffix="%" />,
};
