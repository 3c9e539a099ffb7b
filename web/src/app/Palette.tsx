/** ⌘K: go anywhere by typing: places, records, maps. Nothing typed: what was opened last. */
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconClock, IconFileText, IconRoute, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { http } from '@/client/http';
import type { MapSummary } from '@/client/maps';
import { say, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { useTranslation } from '@/i18n';
import type { Section } from './places';
import { keepRecent, type Recent, recents } from './recent';

interface Hit {
  object: string;
  id: number;
  title: string;
}
const ICON = { size: 16, stroke: 1.6 } as const;
const PAUSE = 180;
const LEAST = 2;
const FEW_MAPS = 5;
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Records that answer what is typed; the server ranks them and forgives slips. */
const useHits = (words: string) =>
  useQuery({
    queryKey: ['list', 'search', words],
    enabled: words.length >= LEAST,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => http.get<{ hits: Hit[] }>('/api/search', { words, limit: 20 }, signal),
  });

export default function Palette({ sections }: { sections: Section[] }) {
  const { t, i18n } = useTranslation('app');
  const { user } = useSession();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const words = typed.trim();
  const [asked] = useDebouncedValue(words, PAUSE);
  const objects = useSchemaQuery().data?.objects ?? [];
  const hits = useHits(asked);
  const maps = useQuery({
    queryKey: ['maps'],
    enabled: asked.length >= LEAST,
    retry: false,
    queryFn: () => http.get<MapSummary[]>('/api/maps'),
  });
  const action = (one: Recent, icon: ReactNode, description?: string) => ({
    id: one.to,
    label: one.label,
    description,
    leftSection: icon,
    onClick: () => {
      keepRecent(user.id, one);
      void navigate({ to: one.to });
    },
  });
  const holds = (label: string) => fold(label).includes(fold(words));
  const places = sections.map(({ label: group, places }) => ({
    group,
    actions: places
      .filter(({ label }) => holds(label))
      .map(({ to, label, icon }) => action({ to, label, group }, icon)),
  }));
  const found = words.length < LEAST ? [] : (hits.data?.hits ?? []);
  const records = objects.map((object) => ({
    group: say(object.plural, i18n.language),
    actions: found
      .filter((hit) => hit.object === object.name)
      .map((hit) =>
        action(
          {
            to: `/fiches/${hit.object}/${hit.id}`,
            label: hit.title || `${say(object.label, i18n.language)} ${hit.id}`,
            group: say(object.label, i18n.language),
          },
          <IconFileText {...ICON} />,
        ),
      ),
  }));
  const rank = (group: SpotlightActionGroupData) =>
    found.findIndex((hit) => group.actions.some(({ id }) => id === `/fiches/${hit.object}/${hit.id}`));
  const drawn = {
    group: t('nav.maps'),
    actions: (words.length < LEAST ? [] : (maps.data ?? []))
      .filter(({ title }) => holds(title))
      .slice(0, FEW_MAPS)
      .map(({ id, title }) =>
        action({ to: `/cartes/${id}`, label: title, group: t('nav.maps') }, <IconRoute {...ICON} />),
      ),
  };
  const last = {
    group: t('nav.recent'),
    actions: words ? [] : recents(user.id).map((one) => ({ ...action(one, <IconClock {...ICON} />, one.group) })),
  };
  const kept = new Set(last.actions.map(({ id }) => id));
  const groups: SpotlightActionGroupData[] = [
    last,
    ...[...records].sort((one, two) => rank(one) - rank(two)),
    drawn,
    ...places.map((each) => ({ ...each, actions: each.actions.filter(({ id }) => !kept.has(id)) })),
  ].filter(({ actions }) => actions.length > 0);
  const searching = words.length >= LEAST && (hits.isFetching || asked !== words);
  // The library's scrolling list cannot be reached by the keyboard of itself.
  useEffect(() => {
    document.querySelector('[role=dialog] .mantine-ScrollArea-viewport')?.setAttribute('tabindex', '0');
  });
  /** Answers come after the letters, when nothing is selected yet: Enter then opens the first one. */
  const openFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || document.querySelector('.mantine-Spotlight-action[data-selected]')) return;
    groups.find((group) => group.actions.length)?.actions[0]?.onClick?.(event as never);
    spotlight.close();
  };
  return (
    <Spotlight
      shortcut="mod + K"
      query={typed}
      onQueryChange={setTyped}
      actions={groups}
      filter={(_, all) => all}
      highlightQuery
      attributes={{ content: { 'aria-label': t('nav.search') } }}
      styles={{ actionsList: { maxHeight: 'min(56vh, 560px)' } }}
      nothingFound={t(hits.isError ? 'nav.failed' : searching ? 'nav.searching' : 'nav.none')}
      searchProps={{
        placeholder: t('nav.placeholder'),
        'aria-label': t('nav.search'),
        onKeyDown: openFirst,
        leftSection: <IconSearch size={16} />,
      }}
    />
  );
}
