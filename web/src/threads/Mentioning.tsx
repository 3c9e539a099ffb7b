/** A text with the people that it mentions, by their names. */
import { partsOf, type Named } from './mentions';
import s from './Threads.module.css';

export function Mentioning({ body, people }: { body: string; people: Named[] }) {
  return partsOf(body, people).map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      <mark key={index} className={s.mention}>
        @{part.name}
      </mark>
    ),
  );
}
