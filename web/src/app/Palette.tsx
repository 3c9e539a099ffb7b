/** ⌘K: go anywhere by typing its name. */
import '@mantine/spotlight/styles.layer.css';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from '@/i18n';
import type { Section } from './places';

export default function Palette({ sections }: { sections: Section[] }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const actions = sections.flatMap((section) =>
    section.places.map((place) => ({
      id: place.to,
      label: place.label,
      description: section.label,
      leftSection: place.icon,
      onClick: () => void navigate({ to: place.to }),
    })),
  );
  return (
    <Spotlight
      shortcut="mod + K"
      actions={actions}
      highlightQuery
      nothingFound={t('nav.none')}
      searchProps={{
        placeholder: t('nav.placeholder'),
        'aria-label': t('nav.search'),
        leftSection: <IconSearch size={16} />,
      }}
    />
  );
}
