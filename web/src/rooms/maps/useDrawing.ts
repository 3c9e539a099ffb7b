/** Drawing with the keyboard and the clipboard: Enter next, Tab branch, Alt and arrows move, Delete, copy, paste. */
import { type KeyboardEvent, useEffect } from 'react';
import type { Point } from '@/canvas/graph';
import { WAYS } from '@/canvas/neighbour';
import { toastUndo } from '@/client/toast';
import { asText, clipOf, drawList, fromText, paste, tidied } from './clip';
import { addStep, connect, removePassage, removeStep } from './model';
import { useTranslation } from './texts';
import type { Choice } from './useChoice';
import type { Editor } from './useEditor';

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
const NUDGE = 20;
const STEPS = { left: [-NUDGE, 0], right: [NUDGE, 0], up: [0, -NUDGE], down: [0, NUDGE] } as const;

export function useDrawing(
  editor: Editor,
  editable: boolean,
  selected: string | null,
  select: (id: string | null) => void,
  { all, choose }: Choice,
) {
  const { t } = useTranslation('maps');
  const { map } = editor;
  const grow = (after: string | null, way: 'next' | 'branch') => {
    const added = addStep(map, t('step.newLabel'), after, way);
    editor.change(() => added.map);
    select(added.id);
    nameIt(added.id);
  };
  const remove = (ids: readonly string[]) => {
    const labels = ids.flatMap((id) => map.steps.find((each) => each.id === id)?.label ?? []);
    choose([]);
    editor.change((known) =>
      ids.reduce(
        (left, id) => (left.steps.some((each) => each.id === id) ? removeStep : removePassage)(left, id),
        known,
      ),
    );
    const one = labels.length ? t('step.removed', { label: labels[0] }) : t('passage.removed');
    toastUndo(labels.length > 1 ? t('step.removedMany', { count: labels.length }) : one, t('undo'), editor.undoLast);
  };
  const tie = (source: string, target: string) => editor.change((known) => connect(known, source, target));
  const tidy = () => {
    editor.apply({ map, layout: tidied(editor.layout, all) });
    toastUndo(t('tidied'), t('undo'), editor.undoLast);
  };
  const keys = (event: KeyboardEvent, boxes: ReadonlyMap<string, Point>) => {
    if (!editable || all.size === 0 || isTyping(event.target)) return;
    const isStep = map.steps.some((each) => each.id === selected);
    const way = event.altKey ? WAYS[event.key] : undefined;
    if (way) {
      const [dx, dy] = STEPS[way];
      const moved = [...all].flatMap((id) => {
        const at = boxes.get(id);
        return at ? [[id, { x: at.x + dx, y: at.y + dy }]] : [];
      });
      editor.arrange(Object.fromEntries(moved));
    } else if (event.key === 'Escape') choose([]);
    else if (event.key === 'Enter' && isStep) grow(selected, 'next');
    else if (event.key === 'Tab' && !event.shiftKey && isStep) grow(selected, 'branch');
    else if (event.key === 'Delete' || event.key === 'Backspace') remove([...all]);
    else return;
    event.preventDefault();
  };
  /** Enter in the name of a step goes on to the next one. */
  const named = (event: KeyboardEvent) => {
    if (!editable || event.key !== 'Enter' || (event.target as HTMLElement).id !== 'step-label') return;
    event.preventDefault();
    grow(selected, 'next');
  };
  useUndoKeys(editor, editable);
  useClipboard(editor, editable, selected, { all, choose });
  return { grow, remove, tie, tidy, keys, named };
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
/** Copies what is selected; pastes it, or a list of lines, on this map or on another. */
function useClipboard(editor: Editor, editable: boolean, selected: string | null, { all, choose }: Choice) {
  useEffect(() => {
    const { map, layout } = editor;
    const copy = (event: ClipboardEvent) => {
      const clip = clipOf(map, all, layout.positions);
      if (isTyping(event.target) || clip.steps.length === 0 || getSelection()?.toString()) return;
      event.clipboardData?.setData('text/plain', asText(clip));
      event.preventDefault();
    };
    const put = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!editable || isTyping(event.target) || !text.trim()) return;
      const clip = fromText(text);
      const after = map.steps.some((each) => each.id === selected) ? selected : null;
      const { drawing, ids } = clip ? paste({ map, layout }, clip) : drawList({ map, layout }, text, after);
      event.preventDefault();
      editor.apply(drawing);
      choose(ids);
    };
    document.addEventListener('copy', copy);
    document.addEventListener('paste', put);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('paste', put);
    };
  }, [editor, editable, selected, all, choose]);
}
/** The name of a new step is ready to be typed as soon as its form is there. */
function nameIt(id: string, tries = 20) {
  requestAnimationFrame(() => {
    const name = document.querySelector<HTMLInputElement>(`#step-label[data-step="${id}"]`);
    if (name) name.select();
    else if (tries > 0) setTimeout(() => nameIt(id, tries - 1), 50);
  });
}
