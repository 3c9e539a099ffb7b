/** From a map back to the step that opened it. */
import { Link } from '@tanstack/react-router';
import { useMap } from './queries';

export function WayBack({ id, step }: { id: string; step: string | undefined }) {
  const map = useMap(id).data?.map;
  if (!map) return null;
  return (
    <Link to="/cartes/$id" params={{ id }} search={{ element: step }}>
      ← {map.title}
    </Link>
  );
}
