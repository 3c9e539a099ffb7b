/** The scenarios of a map: read as sentences, played in any role, walked through on the map. */
import { ActionIcon, Button, NativeSelect, Progress } from '@mantine/core';
import { IconPlayerPlay, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { useSchema } from '@/client/blueprint';
import { useWork } from '@/client/jobs';
import type { MapDoc } from '@/client/maps';
import { toastUndo } from '@/client/toast';
import { Await, Empty } from '@/design/states';
import w from '@/design/work.module.css';
import { dayTime } from '@/lib/format';
import { dropScenario, newScenario, putScenario, type Scenario, scenariosOf, stepsOf } from './stories/model';
import type { MapSearch } from './search';
import { Story } from './Story';
import s from './Story.module.css';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const Presentation = lazy(() => import('./stories/Presentation'));
const StoryEditor = lazy(() => import('./stories/StoryEditor'));

export type Outcome = Shape<'OutcomeOut'>;
interface Props {
  id: string;
  map: MapDoc;
  /** Null for those who only read. */
  editor: Editor | null;
  /** Whether the drawing on screen is the one that the server holds. */
  saved: boolean;
  onLight: (step: string | null) => void;
  onClose: () => void;
}
export default function Scenarios({ id, map, editor, saved, onLight, onClose }: Props) {
  const { t } = useTranslation('maps');
  const queries = useQueryClient();
  const subject = useSchema().data?.objects.find((each) => each.uid === map.subject)?.name ?? '';
  const { scenario: first } = useSearch({ strict: false }) as MapSearch;
  const [written, setWritten] = useState<Scenario | null>(
    () => scenariosOf(map).find((each) => each.id === first) ?? null,
  );
  const [shown, setShown] = useState<string | null>(null);
  const [role, setRole] = useState('');
  const key = ['map', id, 'scenarios', saved];
  const scenarios = useQuery({
    queryKey: key,
    staleTime: 0,
    queryFn: () => answer(api.GET('/api/maps/{map_id}/scenarios', { params: { path: { map_id: id } } })),
  });
  const [rehearsed, setRehearsed] = useState<Record<string, boolean> | null>(null);
  const done = useCallback(
    (result: unknown) => {
      const { outcomes } = result as { outcomes: { scenario: string; green: boolean }[] };
      setRehearsed(Object.fromEntries(outcomes.map((each) => [each.scenario, each.green])));
      void queries.invalidateQueries({ queryKey: ['map', id, 'scenarios'] });
    },
    [queries, id],
  );
  const play = useWork(
    (as: string) =>
      answer(
        api.POST('/api/maps/{map_id}/scenarios/run', { params: { path: { map_id: id } }, body: { role: as || null } }),
      ),
    done,
  );
  const begin = () => setWritten(newScenario(map, subject, t('story.newTitle'), t('story.somebody')));
  const stop = useCallback(() => {
    setShown(null);
    onLight(null);
  }, [onLight]);
  const told = scenarios.data?.scenarios.find((each) => each.id === shown);
  const drawn = scenariosOf(map).find((each) => each.id === shown);
  if (told && drawn)
    return (
      <Suspense>
        <Presentation scenario={told} map={map} steps={stepsOf(drawn, map, subject)} onLight={onLight} onClose={stop} />
      </Suspense>
    );
  return (
    <aside className={w.inspector} aria-label={t('scenarios.title')}>
      <div className={w.inspectorHead}>
        <h2>{t('scenarios.title')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {editor && (
        <Button variant="default" leftSection={<IconPlus size={14} />} disabled={!subject} onClick={begin}>
          {t('story.new')}
        </Button>
      )}
      {written && editor && (
        <Suspense>
          <StoryEditor
            scenario={written}
            map={map}
            onClose={() => setWritten(null)}
            onKeep={(scenario) => {
              editor.change((known) => putScenario(known, scenario));
              setWritten(null);
            }}
          />
        </Suspense>
      )}
      <Await query={scenarios}>
        {(known) =>
          known.scenarios.length === 0 ? (
            <Empty title={t('scenarios.none')}>{t('scenarios.noneLead')}</Empty>
          ) : (
            <>
              <div className={s.play}>
                <NativeSelect
                  size="xs"
                  label={t('scenarios.role')}
                  value={role}
                  onChange={(event) => setRole(event.currentTarget.value)}
                  data={[
                    { value: '', label: t('scenarios.ownRole') },
                    ...known.roles.map((each) => ({ value: each.uid, label: each.label })),
                  ]}
                />
                <Button
                  leftSection={<IconPlayerPlay size={14} />}
                  loading={play.busy}
                  disabled={!saved}
                  onClick={() => {
                    setRehearsed(null);
                    play.begin(role);
                  }}
                >
                  {t('scenarios.play')}
                </Button>
                {play.busy && <Progress value={Math.max(4, play.progress * 100)} aria-label={t('scenarios.playing')} />}
                <p role="status">
                  {known.played_at
                    ? t('scenarios.played', {
                        at: dayTime(known.played_at),
                        green: known.scenarios.filter((each) => each.outcome?.green).length,
                        total: known.scenarios.length,
                      })
                    : t('scenarios.notPlayed')}
                </p>
              </div>
              {known.scenarios.map((each) => (
                <Story
                  key={each.id}
                  scenario={each}
                  green={(role && rehearsed ? rehearsed[each.id] : each.outcome?.green) ?? null}
                  onLight={onLight}
                  onPresent={() => setShown(each.id)}
                  {...(editor
                    ? {
                        onEdit: () => setWritten(scenariosOf(map).find((one) => one.id === each.id) ?? null),
                        onRemove: () => {
                          editor.change((known) => dropScenario(known, each.id));
                          toastUndo(t('story.removed', { title: each.title }), t('undo'), editor.undoLast);
                        },
                      }
                    : {})}
                />
              ))}
            </>
          )
        }
      </Await>
    </aside>
  );
}
