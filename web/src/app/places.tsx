/** The places one can go to: the sidebar, the phone's tab bar and ⌘K read this list. Only what opens is shown. */
import {
  IconActivity,
  IconAddressBook,
  IconArrowMerge,
  IconBolt,
  IconBook2,
  IconBox,
  IconBriefcase,
  IconBuildingSkyscraper,
  IconChartBar,
  IconChecks,
  IconClipboardList,
  IconDatabaseImport,
  IconFileImport,
  IconFileText,
  IconFlag3,
  IconGitCompare,
  IconHeadset,
  IconLayoutKanban,
  IconReceiptEuro,
  IconRoute,
  IconStack2,
  IconSun,
  IconTable,
  IconTargetArrow,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { type ObjectShape, type PipelineShape, say, type Schema } from '@/client/schema';
import type { Session } from '@/client/session';

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
const ICONS: Record<string, ReactNode> = {
  building: <IconBuildingSkyscraper {...ICON} />,
  user: <IconAddressBook {...ICON} />,
  target: <IconTargetArrow {...ICON} />,
  lifebuoy: <IconHeadset {...ICON} />,
  calendar: <IconActivity {...ICON} />,
  box: <IconBox {...ICON} />,
  briefcase: <IconBriefcase {...ICON} />,
  receipt: <IconReceiptEuro {...ICON} />,
};
const pipelineOf = (pipeline: PipelineShape, lang: string): Place => ({
  to: `/pipeline/${pipeline.uid}`,
  label: say(pipeline.label, lang),
  icon: <IconLayoutKanban {...ICON} />,
});
const listOf = (object: ObjectShape, lang: string): Place => ({
  to: `/fiches/${object.name}`,
  label: say(object.plural, lang),
  icon: ICONS[object.icon] ?? <IconFileText {...ICON} />,
});
/** Lines are found with what they are a part of. */
const PARTS = ['quote_line', 'opportunity_line'];
/** Pipelines of deals come first: most people live there. */
const byDeals = (one: PipelineShape, two: PipelineShape) =>
  Number(two.object === 'opportunity') - Number(one.object === 'opportunity');
const RECORDS = ['account', 'contact', 'lead', 'opportunity', 'quote', 'ticket', 'contract', 'activity', 'product'];
const place = (object: ObjectShape) => (RECORDS.indexOf(object.uid) + RECORDS.length + 1) % (RECORDS.length + 1);

export function sections(t: TFunction, lang: string, session: Session, schema: Schema | undefined): Section[] {
  const readable = (schema?.objects ?? []).filter((object) => object.may.read !== false);
  const pipelines = (schema?.pipelines ?? []).filter((each) => readable.some(({ name }) => name === each.object));
  const maps: Place[] = [
    { to: '/cartes', label: t('nav.maps'), icon: <IconRoute {...ICON} /> },
    { to: '/glossaire', label: t('nav.words'), icon: <IconBook2 {...ICON} /> },
    { to: '/irritants', label: t('nav.irritants'), icon: <IconFlag3 {...ICON} /> },
    ...(session.may.logs === false
      ? []
      : [{ to: '/journaux', label: t('nav.logs'), icon: <IconDatabaseImport {...ICON} /> }]),
    ...(session.may.apply === false ? [] : [{ to: '/plan', label: t('nav.plan'), icon: <IconGitCompare {...ICON} /> }]),
    { to: '/cahier', label: t('nav.brief'), icon: <IconClipboardList {...ICON} /> },
    ...(session.may.maps ? [{ to: '/grille', label: t('nav.grid'), icon: <IconTable {...ICON} /> }] : []),
    { to: '/deploiement', label: t('nav.rollout'), icon: <IconStack2 {...ICON} /> },
    { to: '/regles', label: t('nav.rules'), icon: <IconBolt {...ICON} /> },
  ];
  const admin: Place[] = [
    ...(session.may.people ? [{ to: '/personnes', label: t('nav.people'), icon: <IconUsers {...ICON} /> }] : []),
    ...(readable.some(({ may }) => may.delete)
      ? [{ to: '/corbeille', label: t('nav.bin'), icon: <IconTrash {...ICON} /> }]
      : []),
  ];
  const mine: Place[] = [
    ...(hasDay(session, schema) ? [{ to: DAY, label: t('nav.day'), icon: <IconSun {...ICON} /> }] : []),
    ...(schema?.boards ? [{ to: '/tableaux', label: t('nav.boards'), icon: <IconChartBar {...ICON} /> }] : []),
  ];
  return [
    { label: t('nav.mine'), places: mine },
    { label: t('nav.pipelines'), places: [...pipelines].sort(byDeals).map((each) => pipelineOf(each, lang)) },
    {
      label: t('nav.records'),
      places: [
        ...readable
          .filter(({ uid }) => !PARTS.includes(uid))
          .sort((one, two) => place(one) - place(two))
          .map((each) => listOf(each, lang)),
        ...(readable.some((object) => object.may.create)
          ? [{ to: '/imports', label: t('nav.imports'), icon: <IconFileImport {...ICON} /> }]
          : []),
        ...(readable.some((object) => object.may.update && object.may.delete)
          ? [
              { to: '/doublons', label: t('nav.duplicates'), icon: <IconArrowMerge {...ICON} /> },
              { to: '/qualite', label: t('nav.quality'), icon: <IconChecks {...ICON} /> },
            ]
          : []),
      ],
    },
    { label: t('nav.process'), places: maps },
    { label: t('nav.admin'), places: admin },
  ].filter((section) => section.places.length > 0);
}
/** The five places of the phone's tab bar: the work first, then what it stands on. */
export function tabs(all: Section[]): Place[] {
  const [first = [], ...rest] = all.map((section) => section.places);
  return [...first.slice(0, 2), ...rest.flatMap((places) => places.slice(0, 2))].slice(0, 5);
}
const DAY = '/ma-journee';
/** A day is for those who have something to do: who may create activities. */
function hasDay(session: Session, schema: Schema | undefined): boolean {
  const activity = schema?.objects.find((object) => object.uid === 'activity');
  return activity !== undefined && session.rights[activity.name]?.create === true;
}
/** Where each role works: its day, or the pipeline of what it looks after. */
const WORK: readonly (readonly [role: string, place: string])[] = [
  ['sales', DAY],
  ['manager', 'opportunity'],
  ['support', 'ticket'],
  ['marketing', 'lead'],
  ['adv', 'opportunity'],
];
/** Where a person lands: the first place of their roles that opens, else the maps, else what they may read. */
export function homeOf(session: Session, schema: Schema | undefined): string {
  const pipelines = [...(schema?.pipelines ?? [])].sort(byDeals);
  for (const [role, place] of WORK) {
    if (!session.roles.includes(role)) continue;
    if (place === DAY && hasDay(session, schema)) return DAY;
    const pipeline = pipelines.find((each) => each.object === place);
    if (pipeline) return `/pipeline/${pipeline.uid}`;
    if (schema?.objects.some((each) => each.name === place)) return `/fiches/${place}`;
  }
  if (session.may.maps) return '/cartes';
  if (pipelines[0]) return `/pipeline/${pipelines[0].uid}`;
  return schema?.objects[0] ? `/fiches/${schema.objects[0].name}` : '/cartes';
}
