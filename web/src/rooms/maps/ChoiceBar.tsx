/** What can be done with several selected steps: put them in line, in column, apart, away. */
import { ActionIcon } from '@mantine/core';
import {
  IconLayoutAlignLeft,
  IconLayoutAlignTop,
  IconLayoutDistributeVertical,
  IconTrash,
  type IconProps,
} from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import type { ComponentType } from 'react';
import { aligned, type Alignment } from './align';
import s from './together/Together.module.css';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const WAYS: [Alignment, ComponentType<IconProps>][] = [
  ['row', IconLayoutAlignTop],
  ['column', IconLayoutAlignLeft],
  ['spread', IconLayoutDistributeVertical],
];
interface Props {
  editor: Editor;
  chosen: ReadonlySet<string>;
  onRemove: () => void;
}
export default function ChoiceBar({ editor, chosen, onRemove }: Props) {
  const { t } = useTranslation('maps');
  const flow = useReactFlow();
  const boxes = () =>
    [...chosen].flatMap((id) => {
      const node = flow.getNode(id);
      return node ? [{ id, ...node.position, w: node.width ?? 0, h: node.height ?? 0 }] : [];
    });
  return (
    <div className={s.bar} role="toolbar" aria-label={t('choice.title', { count: chosen.size })}>
      <span>{t('choice.title', { count: chosen.size })}</span>
      {WAYS.map(([way, Icon]) => (
        <ActionIcon
          key={way}
          aria-label={t(`choice.${way}`)}
          title={t(`choice.${way}`)}
          onClick={() => editor.arrange(aligned(boxes(), way))}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
      <ActionIcon aria-label={t('choice.remove')} title={t('choice.remove')} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}
