import { Button } from '@mantine/core';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { asProblem } from './problem';

/** The notifications are loaded with the first one that is shown. */
const show = async (data: { id?: string; color: string; title?: string; message: ReactNode; autoClose?: number }) =>
  (await import('@mantine/notifications')).notifications.show({
    ...data,
    closeButtonProps: { 'aria-label': i18next.t('state.close', { ns: 'app' }) },
  });
const hide = async (id: string) => (await import('@mantine/notifications')).notifications.hide(id);

/** What a passing word can hold of a refusal. */
const MOST = 3;
/** Says a refusal in the server's own sentences, the first of them when they are many. */
export function toastProblem(error: unknown) {
  const problem = asProblem(error);
  const title = problem.problems.length ? { title: problem.message } : {};
  void show({ color: 'red', ...title, message: briefly(problem.sentences), autoClose: 8000 });
}
export function briefly(sentences: readonly string[]): string {
  const left = sentences.length - MOST;
  const more = left > 0 ? [i18next.t('state.more', { ns: 'app', count: left })] : [];
  return [...sentences.slice(0, MOST), ...more].join(' ');
}
export const toast = (message: string) => void show({ message, color: 'lapis' });

let last = 0;
/** Says what was done, with the way back. */
export function toastUndo(message: string, label: string, undo: () => void) {
  const id = `undo-${++last}`;
  const back = (
    <Button
      size="compact-xs"
      variant="subtle"
      onClick={() => {
        void hide(id);
        undo();
      }}
    >
      {label}
    </Button>
  );
  void show({
    id,
    color: 'lapis',
    autoClose: 8000,
    message: (
      <>
        {message} {back}
      </>
    ),
  });
}
