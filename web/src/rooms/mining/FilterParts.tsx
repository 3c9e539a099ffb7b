/** The parts of a filter that is built: what each kind of filter asks. */
import { Checkbox, MultiSelect, RangeSlider, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { decimal, duration } from '@/lib/format';
import { type Filter, toPlace, toSeconds } from './filters';
import m from './Mining.module.css';
import type { Choices } from './queries';
import { useTranslation } from './texts';

interface Props {
  choices: Choices;
  onChange: (one: Filter | null, moving?: boolean) => void;
}
const inside = { withinPortal: false };
const steps = (choices: Choices) => choices.steps.map(({ id, label }) => ({ value: id, label }));

function ThroughPart({ choices, onChange }: Props) {
  const { t } = useTranslation('mining');
  const [step, setStep] = useState<string | null>(null);
  const [where, setWhere] = useState('anywhere');
  const tell = (id: string | null, place: string) =>
    onChange(id ? { kind: 'through', step: id, where: place as 'anywhere' } : null, true);
  return (
    <>
      <Select
        label={t('where')}
        data={['anywhere', 'start', 'end'].map((value) => ({ value, label: t(`places.${value}`) }))}
        value={where}
        allowDeselect={false}
        comboboxProps={inside}
        onChange={(value) => {
          setWhere(value ?? 'anywhere');
          tell(step, value ?? 'anywhere');
        }}
      />
      <Select
        label={t('step')}
        data={steps(choices)}
        value={step}
        searchable
        comboboxProps={inside}
        onChange={(value) => {
          setStep(value);
          tell(value, where);
        }}
      />
    </>
  );
}
function PathPart({ choices, onChange }: Props) {
  const { t } = useTranslation('mining');
  const [way, setWay] = useState<{ source: string | null; target: string | null; later: boolean }>({
    source: null,
    target: null,
    later: false,
  });
  const change = (part: Partial<typeof way>) => {
    const next = { ...way, ...part };
    const { source, target, later } = next;
    setWay(next);
    onChange(source && target ? { kind: 'path', source, target, later } : null, true);
  };
  return (
    <>
      <Select
        label={t('fromStep')}
        data={steps(choices)}
        searchable
        comboboxProps={inside}
        onChange={(source) => change({ source })}
      />
      <Select
        label={t('toStep')}
        data={steps(choices)}
        searchable
        comboboxProps={inside}
        onChange={(target) => change({ target })}
      />
      <Checkbox
        size="xs"
        label={t('later')}
        checked={way.later}
        onChange={(event) => change({ later: event.currentTarget.checked })}
      />
    </>
  );
}
function AttributePart({ choices, onChange }: Props) {
  const { t } = useTranslation('mining');
  const [name, setName] = useState<string | null>(null);
  const known = choices.attributes.find((each) => each.name === name);
  if (choices.attributes.length === 0) return <small>{t('noAttribute')}</small>;
  return (
    <>
      <Select
        label={t('attribute')}
        data={choices.attributes.map((each) => ({ value: each.name, label: each.label }))}
        searchable
        comboboxProps={inside}
        onChange={(value) => {
          setName(value);
          onChange(null);
        }}
      />
      {known && known.values.length > 0 && (
        <MultiSelect
          key={known.name}
          label={t('values')}
          data={known.values.map((each) => each.value)}
          searchable
          comboboxProps={inside}
          onChange={(values) => onChange(values.length ? { kind: 'attribute', name: known.name, values } : null, true)}
        />
      )}
      {known?.low != null && known.high != null && (
        <Range
          label={known.label}
          places={[0, 100]}
          say={(place) => decimal(known.low! + ((known.high! - known.low!) * place) / 100)}
          onChange={([from, to], moving) => {
            const at = (place: number) => known.low! + ((known.high! - known.low!) * place) / 100;
            onChange({ kind: 'attribute', name: known.name, low: at(from), high: at(to) }, moving);
          }}
        />
      )}
    </>
  );
}
function LastingPart({ choices, onChange }: Props) {
  const { t } = useTranslation('mining');
  const longest = choices.longest_seconds;
  return (
    <>
      <Range
        label={t('length')}
        places={[0, toPlace(longest, longest)]}
        say={(place) => duration(toSeconds(place, longest))}
        onChange={([from, to], moving) =>
          onChange({ kind: 'lasting', least: toSeconds(from, longest), most: toSeconds(to, longest) }, moving)
        }
      />
      <small>
        {t('usualLength', { median: duration(choices.median_seconds), p90: duration(choices.p90_seconds) })}
      </small>
    </>
  );
}
function Range({
  label,
  places,
  say,
  onChange,
}: {
  label: string;
  places: [number, number];
  say: (place: number) => string;
  onChange: (places: [number, number], moving: boolean) => void;
}) {
  const { t } = useTranslation('mining');
  const [value, setValue] = useState(places);
  return (
    <div className={m.range}>
      <span>
        {label} <b className="num">{t('between', { low: say(value[0]), high: say(value[1]) })}</b>
      </span>
      <RangeSlider
        value={value}
        min={0}
        max={100}
        minRange={1}
        label={null}
        thumbFromLabel={t('lowBound', { label })}
        thumbToLabel={t('highBound', { label })}
        onChange={(next) => {
          setValue(next);
          onChange(next, true);
        }}
      />
    </div>
  );
}
function PeriodPart({ choices, onChange }: Props) {
  const { t } = useTranslation('mining');
  const [period, setPeriod] = useState({ since: '', until: '', which: 'begun' });
  const change = (part: Partial<typeof period>) => {
    const next = { ...period, ...part };
    setPeriod(next);
    const bounds = {
      ...(next.since ? { since: `${next.since}T00:00:00Z` } : {}),
      ...(next.until ? { until: `${next.until}T00:00:00Z` } : {}),
    };
    onChange(next.since || next.until ? { kind: 'period', which: next.which as 'begun', ...bounds } : null, true);
  };
  const limits = { min: choices.from?.slice(0, 10), max: choices.to?.slice(0, 10) };
  return (
    <>
      <Select
        label={t('whichCases')}
        data={['begun', 'ended', 'whole'].map((value) => ({ value, label: t(`which.${value}`) }))}
        value={period.which}
        allowDeselect={false}
        comboboxProps={inside}
        onChange={(which) => change({ which: which ?? 'begun' })}
      />
      <TextInput
        type="date"
        label={t('since')}
        {...limits}
        value={period.since}
        onChange={(event) => change({ since: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('until')}
        {...limits}
        value={period.until}
        onChange={(event) => change({ until: event.currentTarget.value })}
      />
    </>
  );
}
/** What each kind of filter asks. */
export const PARTS = {
  through: ThroughPart,
  path: PathPart,
  attribute: AttributePart,
  lasting: LastingPart,
  period: PeriodPart,
};
