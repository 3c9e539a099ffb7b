/** Finding a step by its words: `/` opens, arrows choose, Enter jumps there. */
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { MapDoc } from '@/client/maps';
import s from './together/Together.module.css';
import { useTranslation } from './texts';
import { isTyping } from './useDrawing';

const SHOWN = 8;
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

export function FindOnMap({ map, onSelect }: { map: MapDoc; onSelect: (id: string) => void }) {
  const { t } = useTranslation('maps');
  const list = useId();
  const flow = useReactFlow();
  const [words, setWords] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const open = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      setWords('');
      setAt(0);
    };
    window.addEventListener('keydown', open);
    return () => window.removeEventListener('keydown', open);
  }, []);
  if (words === null) return null;
  const found = map.steps.filter((each) => fold(each.label).includes(fold(words.trim())));
  const shown = found.slice(0, SHOWN);
  const jump = (id: string) => {
    setWords(null);
    onSelect(id);
    const node = flow.getNode(id);
    if (!node) return;
    const { x, y } = node.position;
    void flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: 1, duration: 200 });
  };
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') setWords(null);
    else if (event.key === 'Enter' && shown[at]) jump(shown[at].id);
    else if (way && shown.length) setAt((at + way + shown.length) % shown.length);
    else return;
    event.preventDefault();
  };
  return (
    <div className={s.find} role="search" onKeyDown={keys}>
      <TextInput
        autoFocus
        aria-label={t('find.title')}
        placeholder={t('find.title')}
        leftSection={<IconSearch size={14} />}
        role="combobox"
        aria-expanded
        aria-controls={list}
        value={words}
        onBlur={() => setWords(null)}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
      />
      <ul id={list} role="listbox" aria-label={t('find.found', { count: found.length })}>
        {shown.map((each, index) => (
          <li
            key={each.id}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => jump(each.id)}
          >
            {each.label}
          </li>
        ))}
      </ul>
      <p role="status">{t('find.found', { count: found.length })}</p>
    </div>
  );
}
