/** A list taken out as a file: which one, how far it is, the way to stop it, then the file. */
import { ActionIcon, Button, Checkbox, Group, Popover, Progress, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import type { ObjectShape } from '@/client/schema';
import { Refused } from '@/design/Refused';
import { addTexts, useTranslation } from '@/i18n';
import { integer, percent } from '@/lib/format';
import { shownColumns } from '../columns';
import type { Asked } from '../queries';
import en from './en.json';
import fr from './fr.json';
import { useTaken, type Wanted } from './useTaken';

addTexts('export', { fr, en });
const FORMATS = [
  ['xlsx', IconFileSpreadsheet],
  ['csv', IconFileTypeCsv],
] as const;

interface Props {
  object: ObjectShape;
  asked: Asked;
  columns: string[] | undefined;
}
export default function ExportMenu({ object, asked, columns }: Props) {
  const { t } = useTranslation('export');
  const [every, setEvery] = useState(false);
  const work = useTaken(object.name);
  const begin = (format: Wanted['format']) =>
    work.ask({
      format,
      columns: every ? null : [object.title, ...shownColumns(object, columns).map(({ name }) => name)],
      words: asked.words ?? '',
      condition: asked.condition ?? '',
      sort: asked.sort ?? 'id',
      after: '',
    });
  const moving = work.state === 'queued' || work.state === 'running';
  return (
    <Popover position="bottom-end" width="min(320px, 94vw)" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('title')} title={t('title')} loading={moving} loaderProps={{ size: 14 }}>
          <IconDownload size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('title')}>
        <div role="status">
          {moving && (
            <Stack gap={8}>
              <Text size="sm">{t(work.stopping ? 'stopping' : 'writing')}</Text>
              <Progress value={work.progress * 100} aria-label={t('progress')} />
              <Group justify="space-between">
                <Text size="xs" c="var(--pt-text-2)">
                  {percent(work.progress)}
                </Text>
                <Button size="compact-xs" variant="default" disabled={work.stopping} onClick={() => work.cancel()}>
                  {t('cancel')}
                </Button>
              </Group>
            </Stack>
          )}
          {work.state === 'done' && work.taken && (
            <Stack gap={8}>
              <Text size="sm">{t('ready', { count: work.taken.count, n: integer(work.taken.count) })}</Text>
              <Button component="a" href={work.address} download leftSection={<IconDownload size={15} />}>
                {t('fetch')}
              </Button>
              <Text size="xs" c="var(--pt-text-2)">
                {work.taken.name}
              </Text>
            </Stack>
          )}
          {work.state === 'cancelled' && <Text size="sm">{t('cancelled')}</Text>}
        </div>
        {work.state === 'failed' && (
          <Refused>
            {t('failed')} {work.error}
          </Refused>
        )}
        {work.state && !moving && (
          <Button mt={8} size="compact-sm" variant="subtle" onClick={work.forget}>
            {t('again')}
          </Button>
        )}
        {!work.state && (
          <Stack gap={8}>
            <Text size="sm">{t('lead')}</Text>
            <Checkbox label={t('every')} checked={every} onChange={(event) => setEvery(event.currentTarget.checked)} />
            <Group gap={8} grow>
              {FORMATS.map(([format, Icon]) => (
                <Button key={format} variant="default" leftSection={<Icon size={15} />} onClick={() => begin(format)}>
                  {t(`format.${format}`)}
                </Button>
              ))}
            </Group>
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
