/** A rule, a promise or a measure as the product reads it, and what would keep it from running. */
import type { MapDoc } from '@/client/maps';
import { useSaid } from './queries';
import r from './Rules.module.css';

export function Sentence({ id, map }: { id: string; map: MapDoc }) {
  const said = useSaid(map).data?.find((each) => each.id === id);
  if (!said) return null;
  return (
    <div role="status">
      <p className={r.said}>{said.say}</p>
      {said.problems.map((each) => (
        <p key={each} className={r.wrong}>
          {each}
        </p>
      ))}
    </div>
  );
}
