/** Who is on the map with me, and whether the line to them holds. */
import { useEffect, useRef, useState } from 'react';
import { Monogram } from '@/design/ui';
import { useTranslation } from '../texts';
import type { Editor } from '../useEditor';
import s from './Together.module.css';
import { usePeople } from './usePeople';

const SHOWN = 4;
const BACK_FOR = 4000;
export function Here({ editor }: { editor: Editor }) {
  const { t } = useTranslation('maps');
  const people = usePeople(editor.channel);
  const line = useLine(editor);
  const more = people.length - SHOWN;
  return (
    <>
      <span className={s.line} data-line={line === 'loose' ? 'held' : line} role="status">
        <i />
        {t(`line.${line}`, { count: editor.held })}
      </span>
      {people.length > 0 && (
        <ul className={s.here} aria-label={t('here', { count: people.length })}>
          {people.slice(0, SHOWN).map((one) => (
            <li key={one.key}>
              <Monogram name={one.name} hue={one.hue} size={24} round />
              <span className={s.name}>{one.name}</span>
            </li>
          ))}
          {more > 0 && <li data-more>+{more}</li>}
        </ul>
      )}
    </>
  );
}
type Said = 'connecting' | 'live' | 'offline' | 'held' | 'loose' | 'back';
/** What is said of the line; that it is back is said for a moment. */
function useLine({ line, held, loose }: Editor): Said {
  const [back, setBack] = useState(false);
  const was = useRef(line);
  useEffect(() => {
    const returned = was.current === 'offline' && line === 'live';
    was.current = line;
    if (!returned) return;
    setBack(true);
    const timer = setTimeout(() => setBack(false), BACK_FOR);
    return () => {
      clearTimeout(timer);
      setBack(false);
    };
  }, [line]);
  if (line === 'offline' || line === 'gone') return held === 0 ? 'offline' : loose ? 'loose' : 'held';
  return back ? 'back' : line;
}
