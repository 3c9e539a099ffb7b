/** The foot of a table: what each column measures over everything asked for, not over what is shown. */
import { Menu } from '@mantine/core';
import { type FieldShape, useSay } from '@/client/schema';
import { isNumeric } from '@/fields';
import { type Measures, measuresOf, sayMeasure, type Summary } from './measures';
import s from './Records.module.css';
import type { Shape } from './table';
import { useTranslation } from './texts';

interface Props {
  shape: Shape;
  summary: Summary;
  measures: Measures;
  onChange: (measures: Measures) => void;
}
export function TableFoot({ shape, summary, measures, onChange }: Props) {
  const { t } = useTranslation('records');
  const choose = (field: string, name: Measures[string] | null) => {
    const { [field]: _, ...others } = measures;
    onChange(name ? { ...others, [field]: name } : others);
  };
  return (
    <tfoot>
      <tr>
        <th scope="row">{t('list.total', { count: summary.count })}</th>
        {shape.shown.map((field) => (
          <Measured key={field.name} field={field} summary={summary} measures={measures} onChoose={choose} />
        ))}
        {shape.action && <td />}
      </tr>
    </tfoot>
  );
}
interface MeasuredProps extends Omit<Props, 'shape' | 'onChange'> {
  field: FieldShape;
  onChoose: (field: string, name: Measures[string] | null) => void;
}
function Measured({ field, summary, measures, onChoose }: MeasuredProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const name = measures[field.name];
  return (
    <td data-numeric={isNumeric(field.type) || undefined}>
      <Menu position="top-end">
        <Menu.Target>
          <button
            type="button"
            className={s.measure}
            data-empty={!name || undefined}
            aria-label={name ? undefined : t('list.measureOf', { field: say(field.label) })}
          >
            {name ? (
              <>
                <small>{t(`list.measure.${name}`)}</small>{' '}
                <span className="num">{sayMeasure(field, name, summary.measures[`${field.name}:${name}`])}</span>
              </>
            ) : (
              t('list.measure.add')
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{say(field.label)}</Menu.Label>
          {measuresOf(field).map((each) => (
            <Menu.Item key={each} onClick={() => onChoose(field.name, each)}>
              {t(`list.measure.${each}`)}
            </Menu.Item>
          ))}
          {name && <Menu.Item onClick={() => onChoose(field.name, null)}>{t('list.measure.none')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </td>
  );
}
