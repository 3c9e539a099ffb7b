/** The menus that narrow a list: one facet a field of choices, and the panel of any condition. */
import { Button, Menu, Popover } from '@mantine/core';
import { IconChevronDown, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schema as Blueprint } from '@/client/blueprint';
import { type FieldShape, useSay, useSchemaQuery } from '@/client/schema';
import { Chip } from '@/design/ui';
import { ConditionBuilder } from '@/fields/conditions/ConditionBuilder';
import { groupOf, scopeOf } from '@/fields/conditions/model';
import { type Facets as Chosen, facetsOf, filterFields, type NarrowProps } from './filters';
import { useRows } from './queries';
import s from './Records.module.css';
import { useTranslation } from './texts';

export default function Facets({ object, search, onChange }: NarrowProps) {
  const facets = search.facettes ?? {};
  const choose = (field: string, values: (string | number)[]) => {
    const next: Chosen = { ...facets, [field]: values };
    if (!values.length) delete next[field];
    onChange({ facettes: Object.keys(next).length ? next : undefined });
  };
  return (
    <>
      {facetsOf(object).map((field) => (
        <Facet key={field.name} field={field} chosen={facets[field.name] ?? []} onChoose={choose} />
      ))}
      <Build object={object} search={search} onChange={onChange} />
    </>
  );
}
interface FacetProps {
  field: FieldShape;
  chosen: (string | number)[];
  onChoose: (field: string, values: (string | number)[]) => void;
}
function Facet({ field, chosen, onChoose }: FacetProps) {
  const say = useSay();
  const [opened, setOpened] = useState(false);
  const label = say(field.label);
  const toggle = (id: string | number) =>
    onChoose(field.name, chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <Menu opened={opened} onChange={setOpened} closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Chip active={chosen.length > 0}>
          {label}
          {chosen.length > 0 && <b className="num">{chosen.length}</b>}
          <IconChevronDown size={12} />
        </Chip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        {opened && <Options field={field} chosen={chosen} onToggle={toggle} />}
      </Menu.Dropdown>
    </Menu>
  );
}
interface OptionsProps {
  field: FieldShape;
  chosen: (string | number)[];
  onToggle: (id: string | number) => void;
}
function Options({ field, chosen, onToggle }: OptionsProps) {
  const say = useSay();
  if (field.to) return <Linked to={field.to} chosen={chosen} onToggle={onToggle} />;
  return field.choices.map(({ id, label }) => (
    <Option key={id} label={say(label)} checked={chosen.includes(id)} onClick={() => onToggle(id)} />
  ));
}
function Linked({ to, chosen, onToggle }: { to: string } & Omit<OptionsProps, 'field'>) {
  const rows = useRows(to, { sort: 'name' }).data?.pages.flatMap((page) => page.rows) ?? [];
  return rows.map(({ id, title }) => (
    <Option key={id} label={title ?? `#${id}`} checked={chosen.includes(id)} onClick={() => onToggle(id)} />
  ));
}
const Option = ({ label, checked, onClick }: { label: string; checked: boolean; onClick: () => void }) => (
  <Menu.CheckboxItem checked={checked} onChange={onClick}>
    {label}
  </Menu.CheckboxItem>
);
function Build({ object, search, onChange }: NarrowProps) {
  const { t, i18n } = useTranslation('records');
  const schema = useSchemaQuery().data;
  if (!schema) return null;
  const { si } = search;
  const count = si ? (groupOf(si)?.parts.length ?? 1) : 0;
  return (
    <Popover position="bottom-start" width={420} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--pt-text-2)"
          leftSection={<IconFilter size={14} />}
          rightSection={count > 0 && <b className="num">{count}</b>}
        >
          {t('filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={s.build}>
        <ConditionBuilder
          label={t('filter.add')}
          value={si}
          fields={filterFields(schema, object, i18n.language)}
          object={object.name}
          scope={scopeOf(schema as unknown as Blueprint, object.name, i18n.language)}
          onChange={(next) => onChange({ si: next ?? undefined })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
