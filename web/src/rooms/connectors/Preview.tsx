/** What the import will do, before anything is written: counts, samples, what is cleaned, what is refused and why. */
import { Alert, Anchor, Button, Table, Tabs } from '@mantine/core';
import { http } from '@/client/http';
import { type ObjectShape, useSay } from '@/client/schema';
import { integer } from '@/lib/format';
import { Figures } from './Figures';
import s from './Imports.module.css';
import { useTargetLabel } from './labels';
import { Links } from './Links';
import { type Import, type Report, type Sample, useAct } from './queries';
import { useTranslation } from './texts';

const FATES = ['create', 'update', 'skip', 'refused'] as const;

interface Props {
  one: Import;
  object: ObjectShape;
  onBack: () => void;
}
export function Preview({ one, object, onBack }: Props) {
  const { t } = useTranslation('connectors');
  const say = useSay();
  const start = useAct(() => http.post(`/api/imports/${one.id}/start`));
  if (!one.report) return null;
  const { counts, hints, samples } = one.report;
  const writes = counts.create + counts.update;
  const shown = FATES.filter((fate) => samples[fate]?.length);
  return (
    <div className={s.part}>
      <h2>{t('preview.title')}</h2>
      <p>{t(one.choices.live ? 'preview.live' : 'preview.silent')}</p>
      <Figures counts={counts} />
      {Object.entries(hints).map(([hint, count]) => (
        <Alert key={hint} color={hint === 'name' ? 'yellow' : 'gray'} variant="light">
          {t(`preview.hints.${hint}`, { count })}
        </Alert>
      ))}
      {counts.forced > 0 && (
        <Alert color="yellow" variant="light">
          {t('preview.forced', { count: counts.forced, motive: one.choices.motive })}
        </Alert>
      )}
      <Links one={one} object={object} />
      <Reasons report={one.report} id={one.id} />
      <Cleaned report={one.report} object={object} />
      {shown.length > 0 && (
        <Tabs defaultValue={shown[0] ?? null} keepMounted={false}>
          <Tabs.List aria-label={t('preview.samples')}>
            {shown.map((fate) => (
              <Tabs.Tab key={fate} value={fate}>
                {t(`fates.${fate}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map((fate) => (
            <Tabs.Panel key={fate} value={fate}>
              <Samples fate={fate} samples={samples[fate] ?? []} one={one} object={object} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      <div className={s.row}>
        <Button disabled={!writes} loading={start.isPending} onClick={() => start.mutate(undefined)}>
          {t('preview.start', { count: writes, object: say(object.plural).toLowerCase() })}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('preview.back')}
        </Button>
      </div>
    </div>
  );
}
function Reasons({ report, id }: { report: Report; id: string }) {
  const { t } = useTranslation('connectors');
  if (!report.counts.refused) return null;
  return (
    <section aria-label={t('preview.refused')}>
      <h3>{t('preview.refused')}</h3>
      <ul className={s.lines}>
        {report.reasons.map(({ say, count }) => (
          <li key={say}>
            <b className="num">{integer(count)}</b> {say}
          </li>
        ))}
      </ul>
      <Anchor href={`/api/imports/${id}/refused.csv`} size="sm">
        {t('download')}
      </Anchor>
    </section>
  );
}
function Cleaned({ report, object }: { report: Report; object: ObjectShape }) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const cleaned = Object.entries(report.cleaned);
  if (!cleaned.length) return null;
  return (
    <section aria-label={t('preview.cleaned')}>
      <h3>{t('preview.cleaned')}</h3>
      <ul className={s.lines}>
        {cleaned.map(([target, { count, examples }]) => (
          <li key={target}>
            <b>{label(target)}</b> ({integer(count)}){' '}
            {examples.map(([before, after], index) => (
              <span key={before}>
                {index > 0 && ' · '}
                <span className={s.before}>{before}</span> → {after}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
interface SamplesProps {
  fate: (typeof FATES)[number];
  samples: Sample[];
  one: Import;
  object: ObjectShape;
}
function Samples({ fate, samples, one, object }: SamplesProps) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const made = ({ beside = {} }: Sample) =>
    Object.entries(beside).map(([target, named]) => `${label(target)} ${t('links.toCreate', { named })}`);
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('preview.line')}</Table.Th>
            <Table.Th>{t('preview.record')}</Table.Th>
            <Table.Th>{t(fate === 'refused' ? 'preview.why' : 'preview.what')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.map((sample) => (
            <Table.Tr key={sample.line}>
              <Table.Td className="num">{integer(sample.line)}</Table.Td>
              <Table.Td>{said(sample.values[one.title]) || sample.cells.filter(Boolean).join(' · ')}</Table.Td>
              <Table.Td className={s.samples}>
                {fate === 'refused' && sample.problems.join(' ')}
                {fate === 'skip' && t(sample.hint ? `preview.hints.${sample.hint}` : 'preview.same', { count: 1 })}
                {fate === 'create' &&
                  Object.entries(sample.values)
                    .filter(([target, value]) => target !== one.title && value !== null && value !== '')
                    .map(([target, value]) => `${label(target)} ${said(value)}`)
                    .concat(made(sample))
                    .concat(sample.stage ? [`${label('stage')} ${sample.stage}`] : [])
                    .join(' · ')}
                {fate === 'update' &&
                  Object.entries(sample.changes).map(([target, [before, after]]) => (
                    <div key={target}>
                      {label(target)} <span className={s.before}>{said(before)}</span> → {said(after)}
                    </div>
                  ))}
                {fate === 'update' && made(sample).map((each) => <div key={each}>{each}</div>)}
                {fate === 'update' && sample.stage && `${label('stage')} → ${sample.stage}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
const said = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '' : String(value);
