/** The ways a map leaves the product: pictures as the canvas shows it, and files that other tools read. */
import { Menu } from '@mantine/core';
import { IconFileExport, IconPhoto } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Graph, Point, Reading } from '@/canvas/graph';
import { sightOf } from '@/canvas/sight';
import { laidOut } from '@/canvas/useLaid';
import { fetched, rasterised, save } from '@/client/download';
import type { MapAnswer } from '@/client/maps';
import { toastProblem } from '@/client/toast';
import { useTranslation as useCanvasTexts } from '@/i18n';
import { useTranslation } from './texts';

/** What the canvas shows. */
export interface Seen {
  graph: Graph;
  placed: ReadonlyMap<string, Point>;
  reading: Reading;
}
type Picture = 'svg' | 'png' | 'a4' | 'a3';
const PICTURES: Picture[] = ['a4', 'a3', 'svg', 'png'];
const FILES = ['bpmn', 'json', 'markdown'];

export function Exports({ answer, seen }: { answer: MapAnswer; seen: Seen }) {
  const { t } = useTranslation('maps');
  const { t: canvas } = useCanvasTexts('canvas');
  const path = `/api/maps/${answer.id}`;
  const draw = useMutation({
    onError: toastProblem,
    mutationFn: async (picture: Picture) => {
      const laid = laidOut(seen.graph, seen.placed);
      const sight = sightOf(seen.graph, laid, seen.reading, canvas('planned'));
      const file = await fetched(`${path}/drawing/${picture === 'png' ? 'svg' : picture}`, sight);
      const kind = picture === 'a4' || picture === 'a3' ? 'pdf' : picture;
      save(picture === 'png' ? await rasterised(file) : file, `${answer.map.uid}.${kind}`);
    },
  });
  const files = answer.map.kind === 'mind' ? [...FILES, 'opml'] : FILES;
  return (
    <>
      <Menu.Label>{t('exportTitle')}</Menu.Label>
      {PICTURES.map((each) => (
        <Menu.Item key={each} leftSection={<IconPhoto size={14} />} onClick={() => draw.mutate(each)}>
          {t(`export.${each}`)}
        </Menu.Item>
      ))}
      {files.map((each) => (
        <Menu.Item
          key={each}
          component="a"
          href={`${path}/files/${each}`}
          download
          leftSection={<IconFileExport size={14} />}
        >
          {t(`export.${each}`)}
        </Menu.Item>
      ))}
    </>
  );
}
