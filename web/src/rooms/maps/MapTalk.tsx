/** Everything that is said on the map, whatever the element; lanes and the whole map have their say here. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { MapDoc } from '@/client/maps';
import w from '@/design/work.module.css';
import { Discussions } from '@/threads/Discussions';
import { useTranslation } from './texts';

interface Props {
  id: string;
  map: MapDoc;
  onSelect: (id: string) => void;
  onClose: () => void;
}
export default function MapTalk({ id, map, onSelect, onClose }: Props) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t('discussions')}>
      <div className={w.inspectorHead}>
        <h2>{t('discussions')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Discussions map={id} elements={[...map.steps, ...map.lanes, ...ways(map)]} onSelect={onSelect} />
    </aside>
  );
}
function ways(map: MapDoc) {
  const label = (id: string) => map.steps.find((each) => each.id === id)?.label ?? id;
  return map.passages.map((each) => ({
    id: each.id,
    label: each.label || `${label(each.source)} → ${label(each.target)}`,
  }));
}
