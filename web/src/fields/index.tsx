/** Every field type of the blueprint, drawn: its value shown, its value typed. */
import { boolean } from './boolean';
import { choice } from './choice';
import { choices } from './choices';
import { date } from './date';
import { datetime } from './datetime';
import { decimal } from './decimal';
import { email } from './email';
import s from './Fields.module.css';
import { integer } from './integer';
import { type FieldKind, type InputProps, isEmpty, type ShowProps } from './kind';
import { link } from './link';
import { links } from './links';
import { long_text } from './long_text';
import { money } from './money';
import { percent } from './percent';
import { person } from './person';
import { phone } from './phone';
import { siren } from './siren';
import { siret } from './siret';
import { text } from './text';
import { url } from './url';

export { isEmpty };
export const KINDS: Record<string, FieldKind> = {
  boolean,
  choice,
  choices,
  date,
  datetime,
  decimal,
  email,
  integer,
  link,
  links,
  long_text,
  money,
  percent,
  person,
  phone,
  siren,
  siret,
  text,
  url,
};
const kindOf = (type: string): FieldKind => KINDS[type] ?? text;
export const isNumeric = (type: string) => kindOf(type).numeric === true;

export function FieldValue(props: ShowProps) {
  const { Show } = kindOf(props.field.type);
  return isEmpty(props.value) ? <span className={s.none}>–</span> : <Show {...props} />;
}
export function FieldInput(props: InputProps) {
  const { Input } = kindOf(props.field.type);
  return <Input {...props} />;
}
