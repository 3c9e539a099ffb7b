/** The gaps between the to-be and the as-is. */
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { useGap } from './queries';
import { useTranslation } from './texts';

const TONES = { added: 'green', removed: 'red', changed: 'violet', moved: 'neutral' } as const;

export function Gaps({ id, other, onSelect }: { id: string; other: string | null; onSelect: (id: string) => void }) {
  const { t } = useTranslation('maps');
  const gap = useGap(id, other);
  return (
    <aside className={w.inspector} aria-label={t('gapTitle')}>
      <div className={w.inspectorHead}>
        <h2>{t('gapTitle')}</h2>
      </div>
      {other === null ? (
        <p>{t('noPair')}</p>
      ) : (
        <Await query={gap}>
          {(changes) => (
            <ul className={w.list}>
              {changes.length === 0 && <li>{t('noGap')}</li>}
              {changes.map((each, index) => (
                <li key={index}>
                  <Badge tone={TONES[each.kind as keyof typeof TONES] ?? 'neutral'}>
                    {each.kind === 'added' ? '+' : each.kind === 'removed' ? '−' : '~'}
                  </Badge>
                  <button type="button" onClick={() => onSelect(each.element)}>
                    {each.say}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Await>
      )}
    </aside>
  );
}
