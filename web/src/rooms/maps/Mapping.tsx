/** Which step of the map each step of a log is: confirmed by a person, kept with the map. */
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { MapDoc } from '@/client/maps';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import { useTranslation } from './texts';

type Links = Record<string, string | null>;
interface Props {
  id: string;
  map: MapDoc;
  log: string;
  onClose: () => void;
}
export default function Mapping({ id, map, log, onClose }: Props) {
  const { t } = useTranslation('maps');
  const links = useQuery({
    queryKey: ['mapping', id, log],
    queryFn: () => http.get<Links>(`/api/maps/${id}/mapping`, { log }),
  });
  return (
    <aside className={w.inspector} aria-label={t('mapping')}>
      <div className={w.inspectorHead}>
        <h2>{t('mapping')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <p>{t('mappingLead')}</p>
      <Await query={links}>{(known) => <Form id={id} map={map} log={log} known={known} onClose={onClose} />}</Await>
    </aside>
  );
}
function Form({ id, map, log, known, onClose }: Props & { known: Links }) {
  const { t } = useTranslation('maps');
  const [links, setLinks] = useState(known);
  const queries = useQueryClient();
  const save = useMapAction(
    () => http.put(`/api/maps/${id}/mapping?log=${encodeURIComponent(log)}`, links),
    async () => {
      await Promise.all(['overlay', 'mapping'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  );
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      {Object.entries(links).map(([label, step]) => (
        <NativeSelect
          key={label}
          size="xs"
          label={label}
          data={[
            { value: '', label: t('noStep') },
            ...map.steps.map((each) => ({ value: each.id, label: each.label })),
          ]}
          value={step ?? ''}
          onChange={(event) => setLinks({ ...links, [label]: event.currentTarget.value || null })}
        />
      ))}
      <Button type="submit" loading={save.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
