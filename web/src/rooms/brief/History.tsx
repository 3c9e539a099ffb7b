/** Who gave which score, when, and what it was before. */
import { Sheet } from '@/design/Sheet';
import { Await, Empty } from '@/design/states';
import { dayTime } from '@/lib/format';
import s from './Grid.module.css';
import { useHistory } from './grids';
import { useTranslation } from './texts';

export default function History({ grid, onClose }: { grid: string; onClose: () => void }) {
  const { t } = useTranslation('brief');
  const said = useHistory(grid);
  const points = (score: number | null) => (score === null ? '–' : String(score));
  return (
    <Sheet title={t('grid.history')} onClose={onClose}>
      <Await query={said}>
        {(lines) =>
          lines.length === 0 ? (
            <Empty title={t('grid.noHistory')} />
          ) : (
            <ol className={s.history}>
              {lines.map((each, index) => (
                <li key={index}>
                  <b>
                    {each.vendor} {points(each.before)} → {points(each.after)}
                  </b>
                  <span>{each.criterion}</span>
                  <small>
                    {each.by || t('grid.theVendor')} · {dayTime(each.at)}
                  </small>
                  {each.proof && <p>{each.proof}</p>}
                </li>
              ))}
            </ol>
          )
        }
      </Await>
    </Sheet>
  );
}
