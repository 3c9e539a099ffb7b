/** Which columns are shown, in which order; by which field the rows are grouped. */
import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3, IconStack2 } from '@tabler/icons-react';
import { type ObjectShape, useSay } from '@/client/schema';
import { Chip } from '@/design/ui';
import { columnChoices, moved, shownColumns } from './columns';
import s from './Records.module.css';
import { groupable } from './measures';
import { useTranslation } from './texts';

interface ColumnsProps {
  object: ObjectShape;
  columns: string[] | undefined;
  onChange: (columns: string[]) => void;
}
export function ColumnsMenu({ object, columns, onChange }: ColumnsProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const fields = shownColumns(object, columns);
  const shown = fields.map((field) => field.name);
  const others = columnChoices(object).filter((field) => !shown.includes(field.name));
  const toggle = (name: string) =>
    onChange(shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name]);
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('list.columns')} title={t('list.columns')}>
          <IconColumns3 size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        {fields.map((field, place) => (
          <div key={field.name} className={s.choice}>
            <Menu.Item
              leftSection={<Checkbox checked readOnly tabIndex={-1} aria-hidden />}
              onClick={() => toggle(field.name)}
            >
              {say(field.label)}
            </Menu.Item>
            <ActionIcon
              disabled={place === 0}
              aria-label={t('list.earlier', { field: say(field.label) })}
              onClick={() => onChange(moved(shown, field.name, -1))}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              disabled={place === shown.length - 1}
              aria-label={t('list.later', { field: say(field.label) })}
              onClick={() => onChange(moved(shown, field.name, 1))}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
          </div>
        ))}
        {others.map((field) => (
          <Menu.Item
            key={field.name}
            leftSection={<Checkbox checked={false} readOnly tabIndex={-1} aria-hidden />}
            onClick={() => toggle(field.name)}
          >
            {say(field.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
interface GroupProps {
  object: ObjectShape;
  group: string | undefined;
  onChange: (group: string | undefined) => void;
}
export function GroupMenu({ object, group, onChange }: GroupProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const fields = groupable(object);
  const chosen = fields.find((field) => field.name === group);
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <Chip icon={<IconStack2 size={14} />} active={Boolean(chosen)}>
          {chosen ? t('list.groupedBy', { field: say(chosen.label) }) : t('list.group')}
        </Chip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <Menu.Item onClick={() => onChange(undefined)}>{t('list.ungrouped')}</Menu.Item>
        {fields.map((field) => (
          <Menu.Item key={field.name} onClick={() => onChange(field.name)}>
            {say(field.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
