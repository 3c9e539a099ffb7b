/** On demand: the fewest corrections that would make the cases follow the map, and which cases need each. */
import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Loading, Await } from '@/design/states';
import w from '@/design/work.module.css';
import { percent } from '@/lib/format';
import type { Between, Way } from './decisions';
import { type Aligned, type Correction, useAlignment, useCorrected } from './alignments';
import m from './Deviations.module.css';
import { useTranslation } from './texts';

interface Props extends Way {
  between: Between;
  onClose: () => void;
}
export default function Alignment({ between, onClose, ...way }: Props) {
  const { t } = useTranslation('deviations');
  const found = useAlignment(between);
  return (
    <section className={m.aligned} aria-label={t('align.title')} aria-busy={found.isFetching}>
      <h3 className={w.title}>
        {t('align.title')}
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {t(found.isFetching ? 'align.cancel' : 'align.close')}
        </Button>
      </h3>
      {found.isFetching && !found.data ? (
        <Loading rows={3} />
      ) : (
        <Await query={found}>{(known) => <Told known={known} between={between} {...way} />}</Await>
      )}
    </section>
  );
}
function Told({ known, between, ...way }: { known: Aligned; between: Between } & Way) {
  const { t } = useTranslation('deviations');
  return (
    <>
      <p className={m.said} role="status">
        {known.sentence}
      </p>
      <dl className={m.figures}>
        <Figure name="checked" share={known.checked} />
        <Figure name="fitness" share={known.fitness} />
        <Figure name="precision" share={known.precision} />
      </dl>
      <ul className={w.list} aria-label={t('align.corrections')}>
        {known.corrections.length === 0 && <li>{t('align.none')}</li>}
        {known.corrections.map((one) => (
          <Line key={one.key} one={one} between={between} {...way} />
        ))}
      </ul>
    </>
  );
}
function Figure({ name, share }: { name: 'checked' | 'fitness' | 'precision'; share: number | null }) {
  const { t } = useTranslation('deviations');
  return (
    <div>
      <dt>{t(`align.${name}`)}</dt>
      <dd className="num">{share === null ? '–' : percent(share, 1)}</dd>
      <dd>{t(`align.${name}Lead`)}</dd>
    </div>
  );
}
function Line({ one, between, onOnly, onStep, onCase }: { one: Correction; between: Between } & Way) {
  const { t } = useTranslation('deviations');
  const [open, setOpen] = useState(false);
  return (
    <li>
      {onStep && one.kind !== 'unknown' ? (
        <button type="button" onClick={() => onStep(one.step)}>
          {one.sentence}
        </button>
      ) : (
        <span>{one.sentence}</span>
      )}
      <b className="num">{percent(one.share, 1)}</b>
      <div className={m.acts}>
        <Anchor component="button" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'align.hide' : 'align.cases')}
        </Anchor>
        {one.stack && onOnly && (
          <Anchor component="button" size="xs" onClick={() => onOnly(one.stack ?? '')}>
            {t('onlyThese')}
          </Anchor>
        )}
      </div>
      {open && <Cases one={one} between={between} onCase={onCase} />}
    </li>
  );
}
function Cases({ one, between, onCase }: { one: Correction; between: Between } & Pick<Way, 'onCase'>) {
  const { t } = useTranslation('deviations');
  const found = useCorrected(between, one.key);
  return (
    <div className={m.cases}>
      <Await query={found} rows={2}>
        {({ pages }) => (
          <ul>
            {pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <li key={row.case}>
                  {row.record ? (
                    <Link className={m.link} to={`/fiches/${row.record.object}/${row.record.id}` as '/'}>
                      {row.record.title}
                    </Link>
                  ) : onCase ? (
                    <Anchor component="button" size="xs" onClick={() => onCase(row.case)}>
                      {row.case}
                    </Anchor>
                  ) : (
                    row.case
                  )}
                </li>
              ))}
          </ul>
        )}
      </Await>
      {found.hasNextPage && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('align.more')}
        </Button>
      )}
    </div>
  );
}
