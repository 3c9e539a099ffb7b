/** What a map covers: part of the life cycle, segments, countries, entities; and the process that it is a variant of. */
import { Button, Popover } from '@mantine/core';
import { IconTarget } from '@tabler/icons-react';
import s from './Maps.module.css';
import { scopeLine } from './scope';
import ScopeFields from './ScopeFields';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

export default function ScopeCard({ editor, editable }: { editor: Editor; editable: boolean }) {
  const { t } = useTranslation('maps');
  const said = scopeLine(editor.map.scope);
  return (
    <Popover position="bottom-end" width={300} withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          className={s.scope}
          leftSection={<IconTarget size={14} />}
          title={said || t('scope.none')}
          aria-label={[t('scope.title'), said].filter(Boolean).join(' – ')}
        >
          <span>{said || t('scope.title')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={s.form} aria-label={t('scope.title')}>
        <ScopeFields editor={editor} editable={editable} />
      </Popover.Dropdown>
    </Popover>
  );
}
