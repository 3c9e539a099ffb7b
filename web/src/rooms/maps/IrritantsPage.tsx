/** The ledger of irritants: who suffers, where, how much, what answers it, how one will know, whether it is over. */
import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconDownload, IconFlag3, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type Irritant, useIrritants } from '@/client/irritants';
import { useSay, useSchemaQuery } from '@/client/schema';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, type Tone } from '@/design/ui';
import w from '@/design/work.module.css';
import { shortDay } from '@/lib/format';
import s from './Irritants.module.css';
import { useTranslation } from './texts';
import { Voice } from './Voice';

const TONES: Record<Irritant['stage'], Tone> = {
  said: 'neutral',
  answered: 'amber',
  planned: 'violet',
  in_force: 'accent',
  resolved: 'green',
};
/** When an irritant came to where it stands. */
const lastOf = (one: Irritant) => one.resolved_at ?? one.in_force_at ?? one.planned_at ?? one.answered_at;

const Fate = lazy(() => import('./IrritantFate'));
interface Asked {
  etat?: 'tous' | 'clos';
  miens?: boolean;
  carte?: string;
  gravite?: string;
  mots?: string;
}
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
const fits = (one: Irritant, asked: Asked) =>
  (asked.etat === 'tous' || (asked.etat === 'clos') === (one.resolved_at !== null)) &&
  (!asked.miens || one.mine || one.voted) &&
  (!asked.carte || one.map_id === asked.carte) &&
  (!asked.gravite || one.severity >= Number(asked.gravite)) &&
  (!asked.mots || fold([one.label, one.who, one.where, one.author].join(' ')).includes(fold(asked.mots)));

export function IrritantsPage() {
  const { t } = useTranslation('maps');
  const ledger = useIrritants();
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const ask = (next: Asked) => void navigate({ to: '.', search: { ...asked, ...next }, replace: true });
  const [chosen, choose] = useState<Irritant | null>(null);
  const maps = [...new Map((ledger.data ?? []).map((each) => [each.map_id, each])).values()];
  const csv = (
    <Button component="a" href="/api/irritants.csv" download variant="default" leftSection={<IconDownload size={15} />}>
      CSV
    </Button>
  );
  return (
    <>
      <PageHead crumbs={[t('irritants.title')]}>{csv}</PageHead>
      <div className={w.tools}>
        <SegmentedControl
          aria-label={t('irritants.state')}
          value={asked.etat ?? 'ouverts'}
          onChange={(value) => ask({ etat: value === 'ouverts' ? undefined : (value as 'tous' | 'clos') })}
          data={['ouverts', 'clos', 'tous'].map((value) => ({ value, label: t(`irritants.${value}`) }))}
        />
        <NativeSelect
          size="xs"
          aria-label={t('irritants.map')}
          value={asked.carte ?? ''}
          onChange={(event) => ask({ carte: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('irritants.everyMap') },
            ...maps.map((each) => ({ value: each.map_id, label: `${each.map} (${t(each.state)})` })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t('irritants.severity')}
          value={asked.gravite ?? ''}
          onChange={(event) => ask({ gravite: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('irritants.anySeverity') },
            { value: '2', label: t('irritants.atLeast2') },
            { value: '3', label: t('irritants.level3') },
          ]}
        />
        <Checkbox
          size="xs"
          label={t('irritants.mine')}
          title={t('irritants.mineLead')}
          checked={asked.miens === true}
          onChange={(event) => ask({ miens: event.currentTarget.checked || undefined })}
        />
        <TextInput
          size="xs"
          aria-label={t('irritants.words')}
          placeholder={t('irritants.words')}
          leftSection={<IconSearch size={14} />}
          value={asked.mots ?? ''}
          onChange={(event) => ask({ mots: event.currentTarget.value || undefined })}
        />
      </div>
      <div className={w.stage}>
        <div className={s.scroll} tabIndex={0} role="region" aria-label={t('irritants.title')}>
          <Await query={ledger}>
            {(known) => {
              const shown = known.filter((each) => fits(each, asked));
              if (shown.length === 0)
                return (
                  <Empty
                    icon={<IconFlag3 size={30} stroke={1.3} />}
                    title={t(known.length ? 'irritants.none' : 'irritants.empty')}
                  >
                    {t(known.length ? 'irritants.noneLead' : 'irritants.emptyLead')}
                  </Empty>
                );
              return <Lines rows={shown} chosen={chosen} onChoose={choose} />;
            }}
          </Await>
        </div>
        {chosen && (
          <Suspense>
            <Fate
              key={chosen.map_id + chosen.key}
              irritant={ledger.data?.find((each) => each.key === chosen.key && each.map_id === chosen.map_id) ?? chosen}
              onClose={() => choose(null)}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}
interface LinesProps {
  rows: Irritant[];
  chosen: Irritant | null;
  onChoose: (one: Irritant) => void;
}
function Lines({ rows, chosen, onChoose }: LinesProps) {
  const { t } = useTranslation('maps');
  const say = useSay();
  const roles = useSchemaQuery().data?.roles ?? [];
  const roleOf = (who: string) => {
    const role = roles.find((each) => each.uid === who);
    return role ? say(role.label) : who;
  };
  const columns = ['what', 'where', 'who', 'severity', 'votes', 'answer', 'metric', 'stage'] as const;
  return (
    <table className={s.table}>
      <thead>
        <tr>
          {columns.map((each) => (
            <th key={each} scope="col">
              {t(`irritants.${each}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((each) => (
          <tr
            key={each.map_id + each.key}
            data-current={(chosen?.key === each.key && chosen.map_id === each.map_id) || undefined}
          >
            <td>
              <button type="button" className={s.name} onClick={() => onChoose(each)}>
                {each.label}
              </button>
            </td>
            <td>
              <Link
                to="/cartes/$id"
                params={{ id: each.map_id }}
                search={
                  { element: each.element || undefined, onglet: each.thread ? 'discussions' : undefined } as never
                }
              >
                {each.where || each.map}
              </Link>
              <small>{each.where && each.map}</small>
            </td>
            <td>{roleOf(each.who) || each.author}</td>
            <td>
              <Badge tone={each.severity === 3 ? 'red' : each.severity === 2 ? 'amber' : 'neutral'}>
                {t(`irritants.level${each.severity}`)}
              </Badge>
            </td>
            <td className="num">
              <Voice irritant={each} />
            </td>
            <td>
              {each.answer && (
                <Link
                  to="/cartes/$id"
                  params={{ id: each.answer.map_id }}
                  search={{ element: each.answer.element } as never}
                >
                  {each.answer.label}
                </Link>
              )}
            </td>
            <td>{each.metric}</td>
            <td>
              <Badge tone={TONES[each.stage]}>{t(`irritants.stages.${each.stage}`)}</Badge>
              <small>{lastOf(each) && shortDay(lastOf(each) ?? '')}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
