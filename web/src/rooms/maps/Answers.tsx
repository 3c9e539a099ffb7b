/** The irritants of the as-is map that a change answers. */
import { MultiSelect } from '@mantine/core';
import type { MapDoc } from '@/client/maps';
import { Badge } from '@/design/ui';
import { answering, frictionsOf } from './model';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  element: string;
  against: MapDoc | undefined;
  editor: Editor;
}
export function Answers({ element, against, editor }: Props) {
  const { t } = useTranslation('maps');
  const known = frictionsOf(against);
  const answered = (editor.map.answers ?? []).filter((each) => each.element === element).map((each) => each.friction);
  if (known.length === 0) return null;
  if (!editor.may)
    return answered.map((each) => (
      <Badge key={each} tone="amber">
        {known.find((one) => one.value === each)?.label ?? each}
      </Badge>
    ));
  return (
    <MultiSelect
      size="xs"
      w="100%"
      aria-label={t('answers')}
      placeholder={answered.length ? '' : t('answers')}
      data={known}
      value={answered.filter((each) => known.some((one) => one.value === each))}
      onChange={(frictions) => editor.change((map) => answering(map, element, frictions))}
    />
  );
}
