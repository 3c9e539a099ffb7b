/** A file becomes a map; what of it has no place on a map is said before the map is opened. */
import { Button, FileInput, Input, Modal, Progress, SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Shape } from '@/client/api';
import { upload } from '@/client/http';
import w from '@/design/work.module.css';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import SubjectField from './SubjectField';
import { useTranslation } from './texts';

const ACCEPTED = '.bpmn,.xml,.json,.opml';
export default function ImportMap({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState('as_is');
  const [subject, setSubject] = useState<string | null>(null);
  const [share, setShare] = useState(0);
  const open = (id: string) => void navigate({ to: '/cartes/$id', params: { id } });
  const send = useMapAction(
    () => upload<Shape<'ImportedOut'>>('/api/maps/import', file!, setShare, { state, subject: subject ?? '' })[0],
    (made) => made.left_out.length === 0 && open(made.id),
  );
  const told = send.data?.left_out ?? [];
  return (
    <Modal opened onClose={onClose} title={t('import.title')}>
      {told.length > 0 ? (
        <div className={s.form} role="status">
          <p>{t('import.done', { name: file?.name, count: told.length })}</p>
          <ul className={w.list}>
            {told.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Button onClick={() => open(send.data!.id)}>{t('import.open')}</Button>
        </div>
      ) : (
        <form
          className={s.form}
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate(undefined);
          }}
        >
          <FileInput
            label={t('import.file')}
            description={t('import.fileLead')}
            placeholder={t('import.pick')}
            accept={ACCEPTED}
            value={file}
            onChange={setFile}
          />
          <Input.Wrapper label={t('import.state')} labelElement="div">
            <SegmentedControl
              fullWidth
              aria-label={t('import.state')}
              value={state}
              onChange={setState}
              data={[
                { value: 'as_is', label: t('as_is') },
                { value: 'to_be', label: t('to_be') },
              ]}
            />
          </Input.Wrapper>
          {state === 'to_be' && <SubjectField value={subject} onChange={setSubject} />}
          {send.isPending && <Progress value={share * 100} aria-label={t('import.title')} />}
          <Button type="submit" disabled={!file} loading={send.isPending}>
            {t('import.go')}
          </Button>
        </form>
      )}
    </Modal>
  );
}
