/** The one way to type a number, the French way: 12 000,50. */
import { NumberInput } from '@mantine/core';
import { useTranslation } from '@/i18n';
import { control, type InputProps, textOf } from './kind';

interface Props extends InputProps {
  decimals: number;
  suffix?: string;
}
export function NumberField({ decimals, suffix, ...props }: Props) {
  const french = useTranslation().i18n.language === 'fr';
  return (
    <NumberInput
      {...control(props)}
      value={textOf(props.value)}
      onChange={(value) => props.onChange(value === '' ? null : String(value))}
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      decimalSeparator={french ? ',' : '.'}
      allowedDecimalSeparators={[',', '.']}
      thousandSeparator={french ? '\u202f' : ','}
      suffix={suffix ? `\u00a0${suffix}` : undefined}
      hideControls
      inputMode="decimal"
    />
  );
}
/** Symbol of a currency: €. */
export const symbol = (currency: string | null) =>
  new Intl.NumberFormat('fr-FR', { style: 'currency', currency: currency ?? 'EUR' })
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? '€';
