/** The places one can go to: the sidebar, the phone's tab bar and ⌘K read this list. */
import {
  IconAddressBook,
  IconBuilding,
  IconColumns3,
  IconDatabaseImport,
  IconFlag,
  IconGitCompare,
  IconHeadset,
  IconHistory,
  IconListCheck,
  IconRoute,
  IconTable,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { http } from '@/client/http';
import type { Session } from '@/client/session';

const ICON = { size: 16, stroke: 1.6 } as const;
export interface Place {
  to: string;
  label: string;
  icon: ReactNode;
  phone?: boolean;
}
export interface Section {
  label: string;
  places: Place[];
}
type Words = Record<string, string | null>;
interface SchemaLite {
  objects: { uid: string; name: string; plural: Words; archived: boolean }[];
  pipelines: { uid: string; label: Words; archived: boolean }[];
}
const OBJECT_ICONS: Record<string, ReactNode> = {
  account: <IconBuilding {...ICON} />,
  contact: <IconAddressBook {...ICON} />,
  ticket: <IconHeadset {...ICON} />,
  opportunity: <IconFlag {...ICON} />,
  activity: <IconListCheck {...ICON} />,
};
/** Words of the blueprint, in the reader's language. */
const word = (words: Words, lang: string): string => words[lang] ?? words.fr ?? '';
const may = (session: Session, object: string) => {
  const read: unknown = session.rights[object]?.read;
  return session.is_admin || (Boolean(read) && read !== 'none');
};
export const useSchemaLite = () =>
  useQuery({ queryKey: ['schema'], staleTime: 60_000, queryFn: () => http.get<SchemaLite>('/api/schema') });

export function sections(schema: SchemaLite | undefined, session: Session, t: TFunction, lang: string): Section[] {
  const readable = (schema?.objects ?? []).filter((each) => !each.archived && may(session, each.name));
  return [
    {
      label: t('nav.process'),
      places: [
        { to: '/cartes', label: t('nav.maps'), icon: <IconRoute {...ICON} />, phone: true },
        { to: '/journaux', label: t('nav.logs'), icon: <IconDatabaseImport {...ICON} />, phone: true },
        { to: '/plan', label: t('nav.plan'), icon: <IconGitCompare {...ICON} />, phone: true },
        { to: '/versions', label: t('nav.versions'), icon: <IconHistory {...ICON} /> },
      ],
    },
    {
      label: t('nav.pipeline'),
      places: (schema?.pipelines ?? [])
        .filter((each) => !each.archived)
        .map((each, index) => ({
          to: `/pipeline/${each.uid}`,
          label: word(each.label, lang),
          icon: <IconColumns3 {...ICON} />,
          phone: index === 0,
        })),
    },
    {
      label: t('nav.data'),
      places: readable.map((each) => ({
        to: `/fiches/${each.name}`,
        label: word(each.plural, lang) || each.name,
        icon: OBJECT_ICONS[each.name] ?? <IconTable {...ICON} />,
        phone: each.name === 'account',
      })),
    },
  ].filter((section) => section.places.length > 0);
}
