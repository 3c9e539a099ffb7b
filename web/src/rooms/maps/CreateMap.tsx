/** A new map: empty, or from a profession as a sector and a language know it, seen before it is taken. */
import { Button, NativeSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Shape } from '@/client/api';
import { http } from '@/client/http';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import s from './CreateMap.module.css';
import { useMapAction, useStarterPreview, useStarters } from './queries';
import SubjectField from './SubjectField';
import { useTranslation } from './texts';

const KINDS = ['process', 'journey', 'decision', 'stakeholder', 'mind'] as const;

export default function CreateMap() {
  const { t, i18n } = useTranslation('maps');
  const navigate = useNavigate();
  const starters = useStarters().data ?? [];
  const [title, setTitle] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [sector, setSector] = useState('');
  const [lang, setLang] = useState(i18n.language.startsWith('en') ? 'en' : 'fr');
  const [kind, setKind] = useState('process');
  const [subject, setSubject] = useState<string | null>('opportunity');
  const create = useMapAction(
    () => {
      if (!name && kind !== 'process')
        return http.post<{ id: string }>('/api/maps/sketches', { title: title ?? '', kind, state: 'to_be' });
      const starter = name && [name, sector, lang].join('/');
      return http.post<{ id: string }>('/api/maps', { title: title ?? '', state: 'to_be', subject, starter });
    },
    ({ id }) => void navigate({ to: '/cartes/$id', params: { id } }),
  );
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined);
      }}
    >
      <Select
        label={t('create.from')}
        placeholder={t('create.blank')}
        clearable
        data={starters.map((each) => ({ value: each.name, label: each.title }))}
        value={name}
        onChange={setName}
        data-autofocus
      />
      {name && (
        <div className={s.pair}>
          <NativeSelect
            label={t('starter.sector')}
            data={[
              { value: '', label: t('starter.anySector') },
              ...(starters[0]?.sectors ?? []).map((each) => ({ value: each.id, label: each.label })),
            ]}
            value={sector}
            onChange={(event) => setSector(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label={t('starter.language')}
            data={[
              { value: 'fr', label: 'Français' },
              { value: 'en', label: 'English' },
            ]}
            value={lang}
            onChange={setLang}
          />
        </div>
      )}
      {name && <Brought key={`${name}${sector}${lang}`} name={name} sector={sector} lang={lang} />}
      <TextInput
        label={t('create.name')}
        required={!name}
        placeholder={name ? t('starter.ownTitle') : ''}
        value={title ?? ''}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {!name && (
        <Select
          label={t('mapKind.title')}
          description={t(`mapKind.lead.${kind}`)}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`mapKind.${value}`) }))}
          value={kind}
          onChange={(next) => next && setKind(next)}
        />
      )}
      {!name && kind === 'process' && <SubjectField value={subject} onChange={setSubject} />}
      <Button type="submit" loading={create.isPending}>
        {t('create.go')}
      </Button>
    </form>
  );
}
const PARTS = ['fields', 'criteria', 'rules', 'frictions', 'documents', 'scenarios'] as const;

function Brought({ name, sector, lang }: { name: string; sector: string; lang: string }) {
  const { t } = useTranslation('maps');
  const preview = useStarterPreview(name, sector, lang);
  return (
    <section className={s.preview} aria-label={t('starter.brings')} lang={lang}>
      <Await query={preview} rows={4}>
        {(known: Shape<'PreviewOut'>) => (
          <>
            <h3>{known.title}</h3>
            <p>{known.cycle}</p>
            <ol className={s.stages} aria-label={t('starter.stages')}>
              {known.stages.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ol>
            {PARTS.map((part) => (
              <details key={part}>
                <summary>
                  {t(`starter.${part}`)} <Badge>{known[part].length}</Badge>
                </summary>
                <ul>
                  {known[part].map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </details>
            ))}
          </>
        )}
      </Await>
    </section>
  );
}
