/** What the maps require of a CRM: read, filtered, led back to the map, kept as a version, taken away as a file. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconFileText, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, type Tone } from '@/design/ui';
import w from '@/design/work.module.css';
import s from './Brief.module.css';
import { type Asked, fits } from './filters';
import { Files } from './Files';
import { Keep } from './Keep';
import { type Brief, type Requirement, useBrief } from './queries';
import { useTranslation } from './texts';

const LEVELS = ['indispensable', 'important', 'optional'] as const;
const KINDS = ['step', 'field', 'criterion', 'passage', 'automation', 'promise', 'integration', 'use_case'] as const;
const PHASES = ['1', '2', '3'] as const;
const TONES: Record<(typeof LEVELS)[number], Tone> = {
  indispensable: 'accent',
  important: 'teal',
  optional: 'neutral',
};

export function BriefPage() {
  const { t } = useTranslation('brief');
  const brief = useBrief();
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const ask = (next: Asked) => void navigate({ to: '.', search: { ...asked, ...next }, replace: true });
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {brief.data?.may_keep && <Keep brief={brief.data} />}
        {brief.data && <Files versions={brief.data.versions} />}
      </PageHead>
      <Await query={brief}>
        {(data) =>
          data.requirements.length ? (
            <>
              <Narrow brief={data} asked={asked} onAsk={ask} />
              <div className={s.scroll} tabIndex={0} role="region" aria-label={t('title')}>
                <Since brief={data} />
                <Lines brief={data} rows={data.requirements.filter((each) => fits(each, asked))} onAsk={ask} />
              </div>
            </>
          ) : (
            <Empty
              icon={<IconFileText size={30} stroke={1.3} />}
              title={t('empty')}
              action={
                <Button component={Link} to="/cartes" variant="default">
                  {t('toMaps')}
                </Button>
              }
            >
              {t('emptyLead')}
            </Empty>
          )
        }
      </Await>
    </>
  );
}
interface NarrowProps {
  brief: Brief;
  asked: Asked;
  onAsk: (next: Asked) => void;
}
function Narrow({ brief, asked, onAsk }: NarrowProps) {
  const { t } = useTranslation('brief');
  const maps = [...new Map(brief.requirements.map((each) => [each.map, each.process]))];
  const selects = [
    ['carte', 'everyMap', maps.map(([value, label]) => ({ value, label }))],
    ['niveau', 'everyLevel', LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))],
    ['genre', 'everyKind', KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))],
    ['phase', 'everyPhase', PHASES.map((value) => ({ value, label: t('phase', { n: value }) }))],
    ['seulement', 'everything', ['changees', 'irritants'].map((value) => ({ value, label: t(`only.${value}`) }))],
  ] as const;
  return (
    <div className={s.narrow} role="search">
      {selects.map(([name, all, data]) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={t(`by.${name}`)}
          value={asked[name] ?? ''}
          onChange={(event) => onAsk({ [name]: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t(all) }, ...data]}
        />
      ))}
      <TextInput
        size="xs"
        aria-label={t('words')}
        placeholder={t('words')}
        leftSection={<IconSearch size={14} />}
        value={asked.mots ?? ''}
        onChange={(event) => onAsk({ mots: event.currentTarget.value || undefined })}
      />
    </div>
  );
}
/** What the marks are told against, and what is no more. */
function Since({ brief }: { brief: Brief }) {
  const { t } = useTranslation('brief');
  const last = brief.versions[0];
  if (!last) return <p className={s.since}>{t('neverKept')}</p>;
  const changed = brief.requirements.filter((each) => each.change !== 'same').length;
  return (
    <div className={s.since}>
      <p>{t('since', { n: last.n, count: changed })}</p>
      {brief.gone.length > 0 && (
        <details>
          <summary>{t('gone', { count: brief.gone.length })}</summary>
          <ul>
            {brief.gone.map((each) => (
              <li key={each.reference}>
                <s>
                  {each.reference} {each.text}
                </s>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
interface LinesProps {
  brief: Brief;
  rows: Requirement[];
  onAsk: (next: Asked) => void;
}
function Lines({ brief, rows, onAsk }: LinesProps) {
  const { t } = useTranslation('brief');
  if (!rows.length)
    return (
      <Empty
        title={t('none')}
        action={
          <Button
            variant="default"
            onClick={() =>
              onAsk({
                carte: undefined,
                niveau: undefined,
                genre: undefined,
                phase: undefined,
                mots: undefined,
                seulement: undefined,
              })
            }
          >
            {t('clear')}
          </Button>
        }
      />
    );
  return (
    <>
      <p className={s.count} role="status">
        {t('count', { count: rows.length })}
      </p>
      <table className={s.table}>
        <thead>
          <tr>
            {(['reference', 'requirement', 'where', 'level', 'answers'] as const).map((each) => (
              <th key={each} scope="col">
                {t(`col.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((each) => (
            <tr key={each.key} data-change={each.change === 'same' ? undefined : each.change}>
              <td className={w.num}>{each.reference}</td>
              <td>
                {each.text}
                {each.change !== 'same' && <Badge tone="amber">{t(`change.${each.change}`)}</Badge>}
                <small>{t(`kind.${each.kind}`)}</small>
              </td>
              <td>
                <OnMap one={each} id={brief.maps[each.map]} />
              </td>
              <td>
                <Badge tone={TONES[each.level]}>{t(`level.${each.level}`)}</Badge>
                <small>{t('phase', { n: each.rollout })}</small>
              </td>
              <td>{each.answers.join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
function OnMap({ one, id }: { one: Requirement; id: string | undefined }) {
  const label = one.step || one.process;
  return (
    <>
      {id ? (
        <Link to="/cartes/$id" params={{ id }} search={{ element: one.element || undefined } as never}>
          {label}
        </Link>
      ) : (
        label
      )}
      <small>{one.step ? one.process : ''}</small>
    </>
  );
}
