/** The places one can go to: the sidebar, the phone's tab bar and ⌘K read this list. */
import { IconDatabaseImport, IconGitCompare, IconRoute } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';

const ICON = { size: 16, stroke: 1.6 } as const;
export interface Place {
  to: string;
  label: string;
  icon: ReactNode;
}
export interface Section {
  label: string;
  places: Place[];
}
export const sections = (t: TFunction): Section[] => [
  {
    label: t('nav.process'),
    places: [
      { to: '/cartes', label: t('nav.maps'), icon: <IconRoute {...ICON} /> },
      { to: '/journaux', label: t('nav.logs'), icon: <IconDatabaseImport {...ICON} /> },
      { to: '/plan', label: t('nav.plan'), icon: <IconGitCompare {...ICON} /> },
    ],
  },
];
