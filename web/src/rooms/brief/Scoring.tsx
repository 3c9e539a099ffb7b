/** One cell: what a vendor is worth on a criterion, and what proves it. Ours is read, never written. */
import { useQueryClient } from '@tanstack/react-query';
import { upload } from '@/client/http';
import { Sheet } from '@/design/Sheet';
import { Badge } from '@/design/ui';
import { dayTime } from '@/lib/format';
import { Answer } from './Answer';
import s from './Grid.module.css';
import { type Cell, type Column, type Criterion, grids, proofAt } from './grids';
import { useTranslation } from './texts';

interface Props {
  criterion: Criterion;
  vendor: Column;
  cell: Cell | undefined;
  onClose: () => void;
}
export default function Scoring({ criterion, vendor, cell, onClose }: Props) {
  const { t } = useTranslation('brief');
  const queries = useQueryClient();
  const then = async (act: Promise<unknown>) => {
    await act;
    await queries.invalidateQueries({ queryKey: ['grids'] });
  };
  return (
    <Sheet title={`${vendor.name} – ${criterion.label}`} onClose={onClose}>
      <p className={s.detail}>{criterion.detail}</p>
      {cell && (
        <p className={s.by}>
          {t(cell.by ? 'grid.by' : 'grid.byVendor', { name: cell.by, when: dayTime(cell.at) })}
          {cell.link && (
            <a href={cell.link} target="_blank" rel="noopener noreferrer nofollow">
              {t('grid.follow')}
            </a>
          )}
          {cell.file && (
            <a href={proofAt(vendor.id, criterion.id)} download>
              {cell.file}
            </a>
          )}
        </p>
      )}
      {vendor.own || criterion.gone ? (
        <>
          <Badge tone={cell?.score ? 'green' : cell ? 'red' : 'neutral'}>
            {cell?.score != null ? t(`grid.points.${cell.score}`) : t('grid.unproven')}
          </Badge>
          <p>{cell?.proof ?? t('grid.unprovenLead')}</p>
        </>
      ) : (
        <Answer
          known={{
            score: cell?.score ?? null,
            proof: cell?.proof ?? '',
            link: cell?.link ?? '',
            file: cell?.file ?? '',
          }}
          onFile={(file) => then(upload(proofAt(vendor.id, criterion.id), file, () => undefined)[0])}
          onSave={(score) => then(grids.score(vendor.id, criterion.id, score))}
        />
      )}
    </Sheet>
  );
}
