/** The bin of every object: what lies there, and the way back. */
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSay, useSchemaQuery, type ObjectShape } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Restore } from './ListPage';
import { useBins } from './queries';
import s from './Records.module.css';
import { useTranslation } from './texts';

export function BinPage() {
  const { t } = useTranslation('records');
  const objects = useSchemaQuery().data?.objects ?? [];
  const bins = useBins();
  return (
    <>
      <PageHead crumbs={[t('list.bin')]} />
      <div className={s.scroll} tabIndex={0} role="region" aria-label={t('list.bin')}>
        <Await query={bins}>
          {(known) =>
            known.length ? (
              known.map((bin) => (
                <One key={bin.object} bin={bin} object={objects.find((each) => each.name === bin.object)} />
              ))
            ) : (
              <Empty icon={<IconTrash size={28} stroke={1.3} />} title={t('list.binEmpty')}>
                {t('list.binEmptyLead')}
              </Empty>
            )
          }
        </Await>
      </div>
    </>
  );
}
function One({ bin, object }: { bin: NonNullable<ReturnType<typeof useBins>['data']>[number]; object?: ObjectShape }) {
  const { t } = useTranslation('records');
  const say = useSay();
  if (!object) return null;
  return (
    <section className={s.bin}>
      <h2>{say(object.plural)}</h2>
      <ul>
        {bin.rows.map((row) => (
          <li key={row.id}>
            <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(row.id) }}>
              {row.title || `#${row.id}`}
            </Link>
            <Restore object={object} row={row} />
          </li>
        ))}
      </ul>
      {bin.next && (
        <Link to="/fiches/$object" params={{ object: object.name }} search={{ corbeille: true } as never}>
          {t('related.all')}
        </Link>
      )}
    </section>
  );
}
