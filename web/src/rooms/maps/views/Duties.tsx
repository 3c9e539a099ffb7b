/** Who does what: for each phase, who does, who decides, who is informed. */
import { Fragment } from 'react';
import { useTranslation } from '../texts';
import { useRoles } from '../useRoles';
import { dutiesOf } from './duties';
import type { ViewProps } from './props';
import s from './Views.module.css';

const PARTS = ['does', 'decides', 'informed'] as const;
export function Duties({ map, onSelect }: ViewProps) {
  const { t } = useTranslation('maps');
  const { nameOf } = useRoles(map);
  const phases = dutiesOf(map, nameOf);
  return (
    <table className={s.table}>
      <thead>
        <tr>
          {['step', ...PARTS].map((each) => (
            <th key={each} scope="col">
              {t(`views.roles.${each}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {phases.map((phase) => (
          <Fragment key={phase.id}>
            <tr className={s.group}>
              <th scope="rowgroup" colSpan={4}>
                {phase.label}
                {!phase.decided && <small data-warn>{t('views.roles.noDecider')}</small>}
              </th>
            </tr>
            {phase.duties.map((duty) => (
              <tr key={duty.step.id}>
                <th scope="row">
                  <button type="button" className={s.name} onClick={() => onSelect(duty.step.id)}>
                    {duty.step.label}
                  </button>
                </th>
                {PARTS.map((part) => (
                  <td key={part} data-label={t(`views.roles.${part}`)}>
                    {duty[part].join(', ') || (part === 'does' ? t('views.roles.nobody') : '–')}
                  </td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
