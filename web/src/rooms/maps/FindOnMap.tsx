/** Finding a step by its words: arrows choose, Enter takes it; what matches stands out on the map meanwhile. */
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { Graph } from '@/canvas/graph';
import s from './together/Together.module.css';
import { useTranslation } from './texts';
import { matching } from './useSeen';

const SHOWN = 8;
interface Props {
  graph: Graph;
  title: string;
  /** The step that is no answer. */
  but?: string | null;
  onWords: (words: string) => void;
  onPick: (id: string) => void;
  onClose: () => void;
  /** The keyboard leaves without a step. */
  onLeave: () => void;
}
export function FindOnMap({ graph, title, but, onWords, onPick, onClose, onLeave }: Props) {
  const { t } = useTranslation('maps');
  const list = useId();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => () => onWords(''), [onWords]);
  const ids = new Set(matching(graph, words) ?? graph.steps.map((step) => step.id));
  const found = graph.steps.filter((step) => ids.has(step.id) && step.id !== but);
  const shown = found.slice(0, SHOWN);
  const pick = (id: string) => {
    onClose();
    onPick(id);
  };
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') onLeave();
    else if (event.key === 'Enter' && shown[at]) pick(shown[at].id);
    else if (way && shown.length) setAt((at + way + shown.length) % shown.length);
    else return;
    event.preventDefault();
  };
  return (
    <div className={s.find} role="search" onKeyDown={keys}>
      <TextInput
        autoFocus
        aria-label={title}
        placeholder={title}
        leftSection={<IconSearch size={14} />}
        role="combobox"
        aria-expanded
        aria-controls={list}
        value={words}
        onBlur={onClose}
        onChange={({ currentTarget: { value } }) => {
          setWords(value);
          setAt(0);
          onWords(value);
        }}
      />
      <ul id={list} role="listbox" aria-label={t('find.found', { count: found.length })}>
        {shown.map((each, index) => (
          <li
            key={each.id}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(each.id)}
          >
            {each.label}
          </li>
        ))}
      </ul>
      <p role="status">{t('find.found', { count: found.length })}</p>
    </div>
  );
}
