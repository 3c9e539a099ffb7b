/** The panels of a map's life: what is said, its review, a workshop; each loaded when it is first opened. */
import { lazy, Suspense } from 'react';
import type { MapDoc } from '@/client/maps';
import type { Panel } from './search';

const MapTalk = lazy(() => import('./MapTalk'));
const ReviewPanel = lazy(() => import('./ReviewPanel'));
const WorkshopPanel = lazy(() => import('./WorkshopPanel'));
interface Props {
  panel: Panel | null;
  id: string;
  map: MapDoc;
  mayArchive: boolean;
  onSelect: (id: string | null) => void;
  onPanel: (panel: Panel | null) => void;
}
export function LifePanels({ panel, id, map, mayArchive, onSelect, onPanel }: Props) {
  const close = () => onPanel(null);
  return (
    <Suspense>
      {panel === 'discussions' && <MapTalk id={id} map={map} onSelect={onSelect} onClose={close} />}
      {panel === 'workshop' && <WorkshopPanel id={id} map={map} onSelect={onSelect} onClose={close} />}
      {panel === 'review' && (
        <ReviewPanel
          id={id}
          title={map.title}
          mayArchive={mayArchive}
          onSelect={onSelect}
          onTalk={() => onPanel('discussions')}
          onClose={close}
        />
      )}
    </Suspense>
  );
}
