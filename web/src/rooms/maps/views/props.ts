/** What every view of a map is given. */
import type { Shape } from '@/client/api';
import type { MapDoc } from '@/client/maps';

export interface ViewProps {
  map: MapDoc;
  lately: Shape<'LatelyOut'> | undefined;
  onSelect: (element: string) => void;
}
