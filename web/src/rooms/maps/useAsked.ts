/** What the keyboard asks to see over a map: `/` looks for a step, `?` tells the keys, L ties to a step. */
import { useEffect, useState } from 'react';
import { isTyping } from './useDrawing';

export type Asked = 'find' | 'tie' | 'keys';
const KEYS: Record<string, Asked> = { '/': 'find', '?': 'keys' };
export function useAsked() {
  const [asked, ask] = useState<Asked | null>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const wanted = KEYS[event.key];
      if (!wanted || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      ask(wanted);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return { asked, ask };
}
