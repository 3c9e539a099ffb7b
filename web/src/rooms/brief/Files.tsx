/** The requirements as a file: of today, or of a version that was kept. */
import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileTypeDocx, IconFileTypePdf } from '@tabler/icons-react';
import { shortDay } from '@/lib/format';
import type { Version } from './queries';
import { useTranslation } from './texts';

const FORMS = [
  ['docx', 'Word', IconFileTypeDocx],
  ['pdf', 'PDF', IconFileTypePdf],
] as const;

export function Files({ versions }: { versions: Version[] }) {
  const { t } = useTranslation('brief');
  const of = (version: number | null) =>
    FORMS.map(([form, name, Icon]) => (
      <Menu.Item
        key={form}
        component="a"
        href={`/api/brief.${form}${version === null ? '' : `?version=${version}`}`}
        download
        leftSection={<Icon size={15} />}
      >
        {name}
      </Menu.Item>
    ));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconDownload size={15} />}>{t('export')}</Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('today')}</Menu.Label>
        {of(null)}
        {versions.map((each) => (
          <div key={each.n}>
            <Menu.Label>
              {[t('version', { n: each.n }), shortDay(each.at), each.note].filter(Boolean).join(' · ')}
            </Menu.Label>
            {of(each.n)}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
