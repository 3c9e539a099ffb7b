/** What a view of a log gives to take away: its picture, its tables, its cases. */
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { refusal, url } from '@/client/http';
import { toastProblem } from '@/client/toast';
import { type Asked, written } from './filters';
import type { Log } from './queries';
import { useTranslation } from './texts';

export function Take({ log, asked }: { log: Log; asked: Asked }) {
  const { t } = useTranslation('mining');
  const at = (form: string) =>
    url(`/api/logs/${log.id}/taken/${form}`, { filters: written(asked.stack), paths: asked.paths, steps: asked.steps });
  const forms = ['variants', 'flow', 'winning', ...(log.may_export ? ['cases', 'xes'] : [])];
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
          {t('take.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={at('svg')} download>
          {t('take.svg')}
        </Menu.Item>
        <Menu.Item onClick={() => void painted(at('svg'), `${log.name}.png`).catch(toastProblem)}>
          {t('take.png')}
        </Menu.Item>
        <Menu.Divider />
        {forms.map((form) => (
          <Menu.Item key={form} component="a" href={at(form)} download>
            {t(`take.${form}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
/** Saves the picture at twice its size as PNG, painted here. */
async function painted(from: string, name: string): Promise<void> {
  const response = await fetch(from, { credentials: 'same-origin' });
  if (!response.ok) throw await refusal(response);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await response.text())}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement('a');
  link.href = canvas.toDataURL('image/png');
  link.download = name;
  link.click();
}
