/** The whole configuration as one file: taken away, and taken in; with red scenarios, for a motive. */
import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core';
import { IconDots, IconDownload, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { asProblem } from '@/client/problem';
import { Refused } from '@/design/Refused';
import { type Applying, isLive, isRed, useImport } from './applying';
import { Motive } from './Motive';
import { useTranslation } from './texts';

interface Refused {
  file: File;
  why: string[];
}
interface Asked {
  mayOverride: boolean;
  work: Applying | null;
  onAsked: (job: string) => void;
}
export function Configuration({ mayOverride, work, onAsked }: Asked) {
  const { t } = useTranslation('blueprint');
  const take = useImport(onAsked);
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [taken, setTaken] = useState<{ file: File; job: string } | null>(null);
  const go = (file: File, motive = '') =>
    take.mutate(
      { file, motive },
      {
        onSuccess: ({ job }) => {
          setRefused(null);
          setTaken({ file, job });
        },
        onError: (error) => setRefused(isRed(error) ? { file, why: asProblem(error).sentences } : null),
      },
    );
  const red = work?.red && work.job === taken?.job ? work.error : null;
  useEffect(() => {
    if (red === null || taken === null) return;
    setRefused({ file: taken.file, why: [red] });
    setTaken(null);
  }, [red, taken]);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('more')} loading={take.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href="/api/configuration" download leftSection={<IconDownload size={14} />}>
            {t('export')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUpload size={14} />}
            disabled={isLive(work)}
            onClick={() => input.current?.click()}
          >
            {t('import')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('import')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) go(file);
        }}
      />
      {refused && (
        <Override
          {...refused}
          mayOverride={mayOverride}
          busy={take.isPending}
          onClose={() => setRefused(null)}
          onGo={(motive) => go(refused.file, motive)}
        />
      )}
    </>
  );
}
interface Props extends Refused {
  mayOverride: boolean;
  busy: boolean;
  onClose: () => void;
  onGo: (motive: string) => void;
}
function Override({ file, why, mayOverride, busy, onClose, onGo }: Props) {
  const { t } = useTranslation('blueprint');
  const [motive, setMotive] = useState('');
  return (
    <Modal opened onClose={onClose} title={t('import')} closeButtonProps={{ 'aria-label': t('confirm.cancel') }}>
      <Refused title={t('importRed', { file: file.name })} mb="md">
        <ul>
          {why.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Refused>
      {mayOverride ? <Motive value={motive} onChange={setMotive} autoFocus /> : <p>{t('scenarios.held')}</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('confirm.cancel')}
        </Button>
        {mayOverride && (
          <Button color="red" disabled={!motive.trim()} loading={busy} onClick={() => onGo(motive)}>
            {t('importAnyway')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
