import { type FieldKind, textOf } from './kind';
import { inThrees, siren } from './siren';

export const siret: FieldKind = {
  ...siren,
  Show: ({ value }) => {
    const digits = textOf(value);
    return <span className="num">{`${inThrees(digits.slice(0, 9))}\u202f${digits.slice(9)}`.trim()}</span>;
  },
};
