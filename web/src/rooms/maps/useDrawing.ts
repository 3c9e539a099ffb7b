/** Drawing with the keyboard: Enter next, Tab branch, Delete, Ctrl-Z; what is removed can come back. */
import { type KeyboardEvent, useEffect } from 'react';
import { toastUndo } from '@/client/toast';
import { addStep, connect, removePassage, removeStep } from './model';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

export function useDrawing(
  editor: Editor,
  editable: boolean,
  selected: string | null,
  select: (id: string | null) => void,
) {
  const { t } = useTranslation('maps');
  const { map } = editor;
  const grow = (after: string | null, way: 'next' | 'branch') => {
    const added = addStep(map, t('step.newLabel'), after, way);
    const { id } = added;
    editor.change(() => added.map);
    select(id);
    nameIt();
  };
  const remove = (id: string) => {
    const label = map.steps.find((each) => each.id === id)?.label;
    select(null);
    editor.change((known) => (label === undefined ? removePassage(known, id) : removeStep(known, id)));
    const said = label === undefined ? t('passage.removed') : t('step.removed', { label });
    toastUndo(said, t('undo'), editor.undoLast);
  };
  const tie = (source: string, target: string) => editor.change((known) => connect(known, source, target));
  const keys = (event: KeyboardEvent) => {
    if (!editable || !selected || isTyping(event.target)) return;
    const isStep = map.steps.some((each) => each.id === selected);
    if (event.key === 'Enter' && isStep) grow(selected, 'next');
    else if (event.key === 'Tab' && !event.shiftKey && isStep) grow(selected, 'branch');
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(selected);
    else return;
    event.preventDefault();
  };
  useUndoKeys(editor, editable);
  return { grow, remove, tie, keys };
}
function useUndoKeys(editor: Editor, editable: boolean) {
  useEffect(() => {
    if (!editable) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || isTyping(event.target)) return;
      event.preventDefault();
      (event.shiftKey ? editor.redo : editor.undo)?.();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [editor, editable]);
}
/** The name of a new step is ready to be typed as soon as its form is there. */
function nameIt(tries = 20) {
  requestAnimationFrame(() => {
    const name = document.querySelector<HTMLInputElement>('#step-label');
    if (name) name.select();
    else if (tries > 0) setTimeout(() => nameIt(tries - 1), 50);
  });
}
