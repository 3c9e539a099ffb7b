/** How one stands with a record: what is open about it, what was won, what renews next; each figure opens its list. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { Condition } from '@/client/records';
import { useSay, type Words } from '@/client/schema';
import { Stat } from '@/design/ui';
import { day, integer, money } from '@/lib/format';
import { useTranslation } from '../texts';
import s from './Figures.module.css';
import './texts';

interface Figure {
  kind: 'open' | 'won' | 'renews';
  count: number;
  amount: string | null;
  /** The day of the next renewal. */
  on: string | null;
  condition: Condition;
}
interface Of {
  object: string;
  label: Words;
  figures: Figure[];
}
export default function Figures({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('figures');
  const known = useQuery({
    queryKey: ['related', object, id, 'figures'],
    queryFn: () => http.get<Of[]>(`/api/records/${object}/${id}/figures`),
  }).data;
  const told = known?.flatMap((of) => of.figures.filter((each) => each.count > 0).map((each) => ({ of, each }))) ?? [];
  if (!told.length) return null;
  return (
    <nav className={s.figures} aria-label={t('title')}>
      {told.map(({ of, each }) => (
        <One key={`${of.object}:${each.kind}`} of={of} figure={each} />
      ))}
    </nav>
  );
}
function One({ of, figure }: { of: Of; figure: Figure }) {
  const { t } = useTranslation('figures');
  const say = useSay();
  const label = t(figure.kind, { what: say(of.label) });
  const worth = !figure.on && Number(figure.amount ?? 0) !== 0 ? money(figure.amount!) : null;
  const counted = t('of', { count: figure.count });
  const value = figure.on ? day(figure.on) : (worth ?? integer(figure.count));
  return (
    <Link
      to="/fiches/$object"
      params={{ object: of.object }}
      search={{ si: figure.condition }}
      aria-label={t('list', { label, value: worth ? `${value} (${counted})` : value })}
    >
      <Stat label={label} value={value} hint={worth && counted} />
    </Link>
  );
}
