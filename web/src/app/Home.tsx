/** The first screen of each: where one's work is. */
import { Navigate } from '@tanstack/react-router';
import { useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { Loading } from '@/design/states';
import { homeOf } from './places';

export function Home() {
  const session = useSession();
  const schema = useSchemaQuery();
  if (schema.isPending) return <Loading />;
  return <Navigate to={homeOf(session, schema.data)} replace />;
}
