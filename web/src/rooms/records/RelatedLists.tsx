/** The records that point to this one, a few of each. */
import { Link } from '@tanstack/react-router';
import { type Related } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { FieldValue } from '@/fields';
import { integer } from '@/lib/format';
import { shownColumns, stageLabel } from './columns';
import { useRelated } from './queries';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

const FACTS = 3;
export function RelatedLists({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation('records');
  const related = useRelated(object, id).data?.filter((each) => each.count > 0);
  if (!related) return null;
  return (
    <section className={s.group}>
      <h3>{t('related.title')}</h3>
      {related.length === 0 && <p className={s.touch}>{t('related.none')}</p>}
      {related.map((each) => (
        <One key={each.relation} related={each} self={object} />
      ))}
    </section>
  );
}
function One({ related, self }: { related: Related; self: string }) {
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find((each) => each.name === related.object);
  if (!object) return null;
  return (
    <div className={s.related}>
      <h4>
        {say(related.label)} <small className="num">{integer(related.count)}</small>
      </h4>
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
    </div>
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
