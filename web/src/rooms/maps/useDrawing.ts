/** Drawing with the keyboard and the clipboard: Enter next, Tab branch, Alt and arrows move, Delete, copy, paste. */
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Point } from '@/canvas/graph';
import { WAYS } from '@/canvas/neighbour';
import type { StepKind } from '@/client/maps';
import { toastUndo } from '@/client/toast';
import { asText, clipOf, drawList, fromText, paste, tidied } from './clip';
import { addBefore, addStep, changeStep, connect, removePassage, removeStep } from './model';
import { nameIt } from './nameIt';
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
  onTie: () => void,
) {
  const { t } = useTranslation('maps');
  const { map } = editor;
  const [untyped, setUntyped] = useState<string | null>(null);
  const grow = (after: string | null, way: 'next' | 'branch' | 'before') => {
    const label = t('step.newLabel');
    const added = way === 'before' && after ? addBefore(map, label, after) : addStep(map, label, after, wayOut(way));
    editor.change(() => added.map);
    select(added.id);
    if (way === 'branch') setUntyped(added.id);
    else nameIt(added.id);
  };
  /** Says what the new branch is (null: a task), and how its name begins; undefined leaves it there. */
  const type = (kind: StepKind | null | undefined, begun?: string) => {
    setUntyped(null);
    if (!untyped || kind === undefined) return;
    const change = { ...(kind && { kind }), ...(begun && { label: begun }) };
    editor.change((known) => changeStep(known, untyped, change));
    nameIt(untyped, !begun);
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
    else if (event.key === 'Enter' && isStep) grow(selected, event.ctrlKey || event.metaKey ? 'before' : 'next');
    else if (event.key === 'Tab' && !event.shiftKey && isStep) grow(selected, 'branch');
    else if (event.key.toLowerCase() === 'l' && isStep && !event.ctrlKey && !event.metaKey) onTie();
    else if (event.key === 'Delete' || event.key === 'Backspace') remove([...all]);
    else return;
    event.preventDefault();
  };
  /** Enter in the name of a step goes on to the next one, Ctrl+Enter to the one before; Escape back to the map. */
  const named = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).id !== 'step-label') return;
    if (event.key === 'Escape') focusOn(selected);
    else if (event.key === 'Enter' && editable) grow(selected, event.ctrlKey || event.metaKey ? 'before' : 'next');
    else return;
    event.preventDefault();
  };
  useUndoKeys(editor, editable);
  useClipboard(editor, editable, selected, { all, choose });
  return { grow, remove, tie, tidy, keys, named, untyped, type };
}
export type Drawing = ReturnType<typeof useDrawing>;
const wayOut = (way: 'next' | 'branch' | 'before') => (way === 'branch' ? 'branch' : 'next');
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
/** Back to a step on the drawing, so that its keys reach it. */
export const focusOn = (id: string | null) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id ?? '')}"]`)?.focus();
