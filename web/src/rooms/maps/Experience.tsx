/** What the client lives at a step: where one meets, how it feels, what announces the next move; and what binds us. */
import { Select, TextInput } from '@mantine/core';
import type { Emotion, Note, Signal, Step, Touchpoint } from '@/client/maps';
import w from '@/design/work.module.css';
import { Items } from './Items';
import s from './Maps.module.css';
import { useTranslation } from './texts';
import { WatchOf } from './WatchOf';

const FEELINGS = [2, 1, 0, -1, -2];
interface Props {
  step: Step;
  mapId: string;
  set: (change: Partial<Step>) => void;
}
export function Touchpoints({ step, mapId, set }: Props) {
  const { t } = useTranslation('maps');
  return (
    <Items<Touchpoint>
      title={t('views.row.touchpoints')}
      items={step.touchpoints}
      onChange={(touchpoints) => set({ touchpoints })}
    >
      {(item, change) => (
        <>
          <TextInput
            size="xs"
            aria-label={t('channelOf', { label: item.label })}
            placeholder={t('channel')}
            value={item.channel ?? ''}
            onChange={(event) => change({ channel: event.currentTarget.value })}
          />
          <WatchOf
            mapId={mapId}
            of={`${step.id}.${item.id}`}
            label={item.label}
            watch={item.watch}
            onChange={(watch) => change({ watch })}
          />
        </>
      )}
    </Items>
  );
}
export function Signals({ step, mapId, set }: Props) {
  const { t } = useTranslation('maps');
  return (
    <Items<Signal> title={t('views.row.signals')} items={step.signals} onChange={(signals) => set({ signals })}>
      {(item, change) => (
        <WatchOf
          mapId={mapId}
          of={`${step.id}.${item.id}`}
          label={item.label}
          watch={item.watch}
          onChange={(watch) => change({ watch })}
        />
      )}
    </Items>
  );
}
interface NotesProps {
  title: string;
  items: Note[] | undefined;
  onChange: (items: Note[]) => void;
}
/** Named things with a word about each. */
export function Notes({ title, items, onChange }: NotesProps) {
  const { t } = useTranslation('maps');
  return (
    <Items<Note> title={title} items={items} onChange={onChange}>
      {(item, change) => (
        <TextInput
          size="xs"
          aria-label={t('detailOf', { label: item.label })}
          placeholder={t('detail')}
          value={item.detail ?? ''}
          onChange={(event) => change({ detail: event.currentTarget.value })}
        />
      )}
    </Items>
  );
}
interface FeelingProps {
  emotion: Emotion | null | undefined;
  onChange: (emotion: Emotion | null) => void;
}
export function Feeling({ emotion, onChange }: FeelingProps) {
  const { t } = useTranslation('maps');
  return (
    <section aria-label={t('views.row.emotion')}>
      <h3 className={w.title}>{t('views.row.emotion')}</h3>
      <div className={s.item}>
        <Select
          size="xs"
          aria-label={t('views.row.emotion')}
          placeholder={t('views.noData')}
          clearable
          data={FEELINGS.map((value) => ({ value: String(value), label: t(`views.emotions.${value}`) }))}
          value={emotion ? String(emotion.value) : null}
          onChange={(value) => onChange(value === null ? null : { ...emotion, value: Number(value) })}
        />
        {emotion && (
          <TextInput
            size="xs"
            aria-label={t('feelingWords')}
            placeholder={t('feelingWords')}
            value={emotion.words ?? ''}
            onChange={(event) => onChange({ ...emotion, words: event.currentTarget.value })}
          />
        )}
      </div>
    </section>
  );
}
