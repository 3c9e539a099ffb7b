/** The sidebar on a phone: a drawer. */
import { Drawer } from '@mantine/core';
import { useTranslation } from '@/i18n';
import { Nav } from './Nav';
import type { Section } from './places';

export default function Side({ sections, onClose }: { sections: Section[]; onClose: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Drawer.Root opened onClose={onClose} size={280}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('nav.main')}>
        <Drawer.Body p={0} h="100%">
          <Nav sections={sections} onNavigate={onClose} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
