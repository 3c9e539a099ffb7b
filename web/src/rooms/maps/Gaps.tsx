/** The gaps between the to-be and the as-is. */
import type { MapDoc } from '@/client/maps';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { Answers } from './Answers';
import { useGap } from './queries';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const TONES = { added: 'green', removed: 'red', changed: 'violet', renamed: 'violet', moved: 'accent' } as const;
const SIGNS = { added: '+', removed: '−', changed: '~', renamed: '~', moved: '→' } as const;

interface GapsProps {
  id: string;
  other: string | null;
  against: MapDoc | undefined;
  editor: Editor;
  onSelect: (id: string) => void;
}
export default function Gaps({ id, other, against, editor, onSelect }: GapsProps) {
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
          {(changes) => {
            const first = new Map([...changes.entries()].reverse().map(([index, each]) => [each.element, index]));
            return (
              <ul className={w.list}>
                {changes.length === 0 && <li>{t('noGap')}</li>}
                {changes.map((each, index) => (
                  <li key={index}>
                    <Badge tone={TONES[each.kind as keyof typeof TONES] ?? 'neutral'}>
                      {SIGNS[each.kind as keyof typeof SIGNS] ?? '~'}
                    </Badge>
                    <button type="button" onClick={() => onSelect(each.element)}>
                      {each.say}
                    </button>
                    {first.get(each.element) === index && (
                      <Answers element={each.element} against={against} editor={editor} />
                    )}
                  </li>
                ))}
              </ul>
            );
          }}
        </Await>
      )}
    </aside>
  );
}
