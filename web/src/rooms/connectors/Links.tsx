/** What the links of the lines name: found, made with the import, or unsure; what is made may be said to be known. */
import type { ObjectShape } from '@/client/schema';
import { integer } from '@/lib/format';
import s from './Imports.module.css';
import { useTargetLabel } from './labels';
import { type Import, LINK_FATES, type Unknown } from './queries';
import { Target } from './Same';
import { useTranslation } from './texts';

export function Links({ one, object }: { one: Import; object: ObjectShape }) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const links = Object.entries(one.report?.links ?? {}).filter(([, counts]) => Object.values(counts).some(Boolean));
  const near = (one.report?.making ?? []).map(alike).filter(({ values }) => values.length > 0);
  if (!links.length) return null;
  return (
    <section className={s.links} aria-label={t('links.title')}>
      <h3>{t('links.title')}</h3>
      <ul className={s.lines}>
        {links.map(([target, counts]) => (
          <li key={target}>
            <b>{label(target)}</b>{' '}
            {LINK_FATES.filter((fate) => counts[fate])
              .map((fate) => `${integer(counts[fate] ?? 0)} ${t(`links.${fate}`, { count: counts[fate] ?? 0 })}`)
              .join(' · ')}
          </li>
        ))}
      </ul>
      {near.length > 0 && <p>{t('links.near')}</p>}
      {near.map((unknown) => (
        <Target key={unknown.target} one={one} object={object} unknown={unknown} made />
      ))}
    </section>
  );
}
/** Of what will be made, what resembles a record that is there. */
const alike = (unknown: Unknown): Unknown => {
  const values = unknown.values.filter(({ proposals }) => proposals.length > 0);
  return { ...unknown, values, distinct: values.length };
};
