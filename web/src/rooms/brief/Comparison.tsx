/** Criteria in rows by theme, vendors in columns; a cell opens its score and its proof. On a phone, one vendor at a time. */
import { NativeSelect } from '@mantine/core';
import { IconExternalLink, IconPaperclip } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useState } from 'react';
import { Badge } from '@/design/ui';
import s from './Grid.module.css';
import { type Cell, type Column, type Criterion, type Grid, grids, THEMES, type Total, useGridChange } from './grids';
import { useTranslation } from './texts';
import { AddVendor, VendorHead } from './VendorHead';

const Scoring = lazy(() => import('./Scoring'));
const WEIGHTS = ['0', '1', '2', '3', '4', '5'];

export function Comparison({ grid }: { grid: Grid }) {
  const { t } = useTranslation('brief');
  const [open, setOpen] = useState<{ criterion: string; vendor: string } | null>(null);
  const [shown, show] = useState(grid.vendors[0]?.id ?? '');
  const onPhone = grid.vendors.some((each) => each.id === shown) ? shown : grid.vendors[0]?.id;
  const criterion = grid.criteria.find((each) => each.id === open?.criterion);
  const vendor = grid.vendors.find((each) => each.id === open?.vendor);
  return (
    <>
      <div className={s.tools}>
        <NativeSelect
          className={s.pick}
          size="xs"
          aria-label={t('grid.vendor')}
          value={onPhone}
          onChange={(event) => show(event.currentTarget.value)}
          data={grid.vendors.map((each) => ({ value: each.id, label: each.name }))}
        />
        <AddVendor grid={grid.id} />
      </div>
      <div className={s.scroll} tabIndex={0} role="region" aria-label={t('grid.title')}>
        <table className={s.grid}>
          <thead>
            <tr>
              <th scope="col">{t('grid.criterion')}</th>
              <th scope="col">{t('grid.weight')}</th>
              {grid.vendors.map((each) => (
                <th key={each.id} scope="col" data-shown={each.id === onPhone || undefined}>
                  <VendorHead grid={grid.id} vendor={each} />
                  <Worth total={each.total} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {THEMES.map((theme) => (
              <Fragment key={theme}>
                <ThemeRow theme={theme} grid={grid} onPhone={onPhone} />
                {grid.criteria
                  .filter((each) => each.theme === theme)
                  .map((each) => (
                    <Line
                      key={each.id}
                      grid={grid}
                      criterion={each}
                      onPhone={onPhone}
                      onOpen={(id) => setOpen({ criterion: each.id, vendor: id })}
                    />
                  ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {criterion && vendor && (
        <Suspense>
          <Scoring
            key={criterion.id + vendor.id}
            criterion={criterion}
            vendor={vendor}
            cell={cellOf(vendor, criterion)}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </>
  );
}
const cellOf = (vendor: Column, criterion: Criterion) => vendor.cells.find((each) => each.criterion === criterion.id);

function Worth({ total }: { total: Total }) {
  const { t } = useTranslation('brief');
  return (
    <span className={s.worth}>
      <b>{t('grid.percent', { value: total.percent })}</b>
      <small>{t('grid.answered', { done: total.answered, count: total.asked })}</small>
    </span>
  );
}
function ThemeRow({
  theme,
  grid,
  onPhone,
}: {
  theme: (typeof THEMES)[number];
  grid: Grid;
  onPhone: string | undefined;
}) {
  const { t } = useTranslation('brief');
  return (
    <tr className={s.theme}>
      <th scope="colgroup" colSpan={2}>
        {t(`theme.${theme}`)}
      </th>
      {grid.vendors.map((each) => (
        <td key={each.id} data-shown={each.id === onPhone || undefined}>
          {each.themes[theme] && t('grid.percent', { value: each.themes[theme].percent })}
        </td>
      ))}
    </tr>
  );
}
interface LineProps {
  grid: Grid;
  criterion: Criterion;
  onPhone: string | undefined;
  onOpen: (vendor: string) => void;
}
function Line({ grid, criterion, onPhone, onOpen }: LineProps) {
  const { t } = useTranslation('brief');
  const weigh = useGridChange((weight: number) => grids.weigh(grid.id, criterion.id, weight));
  return (
    <tr data-gone={criterion.gone || undefined}>
      <th scope="row">
        <details>
          <summary>
            {criterion.label} {criterion.gone && <Badge tone="amber">{t('grid.gone')}</Badge>}
          </summary>
          <p className={s.detail}>{criterion.detail}</p>
          {criterion.map_id && (
            <Link
              to="/cartes/$id"
              params={{ id: criterion.map_id }}
              search={{ element: criterion.element || undefined } as never}
            >
              {t('grid.onMap')}
            </Link>
          )}
        </details>
      </th>
      <td>
        <NativeSelect
          size="xs"
          aria-label={t('grid.weightOf', { what: criterion.label })}
          value={String(criterion.weight)}
          disabled={weigh.isPending || criterion.gone}
          onChange={(event) => weigh.mutate(Number(event.currentTarget.value))}
          data={WEIGHTS}
        />
      </td>
      {grid.vendors.map((each) => (
        <td key={each.id} data-shown={each.id === onPhone || undefined}>
          <CellButton
            vendor={each}
            criterion={criterion}
            cell={cellOf(each, criterion)}
            onOpen={() => onOpen(each.id)}
          />
        </td>
      ))}
    </tr>
  );
}
interface CellProps {
  vendor: Column;
  criterion: Criterion;
  cell: Cell | undefined;
  onOpen: () => void;
}
function CellButton({ vendor, criterion, cell, onOpen }: CellProps) {
  const { t } = useTranslation('brief');
  const score = cell?.score ?? null;
  const said = score !== null ? t(`grid.points.${score}`) : t(vendor.own ? 'grid.unproven' : 'grid.unknown');
  return (
    <button
      type="button"
      className={s.cell}
      data-score={score ?? undefined}
      aria-label={t('grid.cell', { vendor: vendor.name, criterion: criterion.label, said })}
      title={cell?.proof}
      onClick={onOpen}
    >
      {score !== null ? score : said}
      {cell?.link && <IconExternalLink size={12} aria-hidden />}
      {cell?.file && <IconPaperclip size={12} aria-hidden />}
    </button>
  );
}
