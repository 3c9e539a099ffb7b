/** The start: the first pipeline, or the maps while nothing has been built yet. */
import { Navigate } from '@tanstack/react-router';
import { Await } from '@/design/states';
import { useSchemaLite } from './places';

export function Home() {
  const schema = useSchemaLite();
  return (
    <Await query={schema}>
      {(known) => {
        const first = known.pipelines.find((each) => each.uid === 'opportunity') ?? known.pipelines[0];
        return first ? (
          <Navigate to="/pipeline/$pipeline" params={{ pipeline: first.uid }} replace />
        ) : (
          <Navigate to="/cartes" replace />
        );
      }}
    </Await>
  );
}
