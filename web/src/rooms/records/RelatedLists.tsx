/** The records that point to this one, a few of each, edited where they stand; new ones are added here. */
import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type Related } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldValue } from '@/fields';
import { integer } from '@/lib/format';
import { shownColumns, stageLabel } from './columns';
import { useRelated } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const CreateDialog = lazy(() => import('./CreateDialog'));
const RelatedTable = lazy(() => import('./RelatedTable'));
const FACTS = 3;
interface Props {
  object: string;
  id: string;
  /** The objects that stand elsewhere on the page. */
  without?: readonly string[];
}
export function RelatedLists({ object, id, without = [] }: Props) {
  const { t } = useTranslation('records');
  const known = useRelated(object, id).data?.filter((each) => !without.includes(each.object));
  const [adding, setAdding] = useState<Related | null>(null);
  const objects = useSchemaQuery().data?.objects ?? [];
  const shapeOf = (related: Related) => objects.find((each) => each.name === related.object);
  if (!known) return null;
  const related = known.filter((each) => each.count > 0);
  const made = adding && shapeOf(adding);
  const given = adding && { [adding.field]: isList(made, adding.field) ? [Number(id)] : Number(id) };
  return (
    <section className={s.group}>
      <h3>
        {t('related.title')}
        <Add choices={known.filter((each) => mayAdd(shapeOf(each), each.field))} shapeOf={shapeOf} onAdd={setAdding} />
      </h3>
      {related.length === 0 && <p className={s.touch}>{t('related.none')}</p>}
      {related.map((each) => (
        <One key={`${each.relation}.${each.field}`} related={each} self={object} id={Number(id)} />
      ))}
      {made && given && (
        <Suspense>
          <CreateDialog object={made} given={given} onClose={() => setAdding(null)} />
        </Suspense>
      )}
    </section>
  );
}
const isList = (object: ObjectShape | null | undefined, field: string) =>
  object?.fields.find((each) => each.name === field)?.type === 'links';
/** What is said and done has its own forms. */
const mayAdd = (object: ObjectShape | undefined, field: string) =>
  object?.may.create === true &&
  object.uid !== 'activity' &&
  object.fields.some((each) => each.name === field && each.may_write && !each.system);

interface AddProps {
  choices: Related[];
  shapeOf: (related: Related) => ObjectShape | undefined;
  onAdd: (related: Related) => void;
}
function Add({ choices, shapeOf, onAdd }: AddProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  if (!choices.length) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />}>
          {t('related.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((each) => {
          const object = shapeOf(each)!;
          const link = object.fields.find((field) => field.name === each.field)!;
          const twice = choices.filter((other) => other.object === each.object).length > 1;
          return (
            <Menu.Item key={`${each.relation}.${each.field}`} onClick={() => onAdd(each)}>
              {say(object.label)} {twice && <small>({say(link.label)})</small>}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
function One({ related, self, id }: { related: Related; self: string; id: number }) {
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find((each) => each.name === related.object);
  if (!object) return null;
  const shown = shownColumns(object, undefined)
    .filter((field) => field.to !== self && field.type !== 'link' && field.type !== 'links')
    .slice(0, FACTS);
  return (
    <div className={s.related}>
      <h4>
        {say(related.label)} <small className="num">{integer(related.count)}</small>
      </h4>
      <Suspense fallback={<Plain object={object} related={related} self={self} />}>
        <RelatedTable object={object} related={related} shown={shown} self={id} />
      </Suspense>
    </div>
  );
}
/** The same records, until the table that edits them is there. */
function Plain({ object, related, self }: { object: ObjectShape; related: Related; self: string }) {
  return (
    <ul>
      {related.rows.map((row) => (
        <li key={row.id}>
          <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(row.id) }}>
            {row.title || `#${row.id}`}
          </Link>
          <Facts object={object} values={row.values} self={self} />
        </li>
      ))}
    </ul>
  );
}
interface FactsProps {
  object: ObjectShape;
  values: Related['rows'][number]['values'];
  self: string;
}
/** What tells one related record from another: its stage, its figures, its dates. */
export function Facts({ object, values, self }: FactsProps) {
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const told = shownColumns(object, undefined).filter(
    (field) => field.to !== self && field.type !== 'link' && values[field.name] != null && values[field.name] !== '',
  );
  return (
    <span className={s.facts}>
      {told.slice(0, FACTS).map((field) => {
        const stage = field.name === 'stage' ? stageLabel(pipelines, values[field.name]) : null;
        return (
          <span key={field.name}>{stage ? say(stage) : <FieldValue field={field} value={values[field.name]} />}</span>
        );
      })}
    </span>
  );
}
