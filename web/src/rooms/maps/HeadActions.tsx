/** What can be done with a whole map: propose a target, see the plan, publish. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import { toast } from '@/client/toast';
import type { Seen } from './Exports';
import { kindOf } from './kinds';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import type { Panel } from './search';
import { useTranslation } from './texts';
import { Here } from './together/Here';
import { Saved } from './Tools';
import type { Editor } from './useEditor';

const MoreMenu = lazy(() => import('./MoreMenu'));
const ScopeCard = lazy(() => import('./ScopeCard'));
const Purpose = lazy(() => import('./Purpose'));
const Propose = lazy(() => import('./Propose'));

interface Props {
  answer: MapAnswer;
  editor: Editor;
  seen: Seen;
  conformance: number | null;
  onSketch: () => void;
  onWorkshop: () => void;
  onKeys: () => void;
  onFindings: () => void;
  onDeviations: () => void;
  onLearnt: ((panel: Panel) => void) | null;
}
export function HeadActions({ answer, editor, onFindings, ...menu }: Props) {
  const { onSketch } = menu;
  const { t } = useTranslation('maps');
  const [proposing, proposal] = useDisclosure(false);
  const { builds } = kindOf(answer.map);
  const asIs = answer.map.state === 'as_is';
  const publish = useMapAction(
    () => http.post<{ n: number }>(`/api/maps/${answer.id}/publish`),
    ({ n }) => toast(t('publishedNow', { n })),
    () => editor.findings.some((each) => each.severity === 'error') && onFindings(),
  );
  return (
    <>
      <Here editor={editor} />
      {answer.may.update && <Saved editor={editor} />}
      <Suspense>
        <ScopeCard editor={editor} editable={answer.may.update} />
      </Suspense>
      <Suspense>
        <MoreMenu answer={answer} editor={editor} {...menu} />
      </Suspense>
      {!answer.may.update && (
        <Button variant="default" className={s.wide} onClick={onSketch}>
          {t('sketch.begin')}
        </Button>
      )}
      {!builds && (
        <Suspense>
          <Purpose answer={answer} />
        </Suspense>
      )}
      {builds && !asIs && (
        <Button component={Link} to="/plan" variant="default" className={s.wide}>
          {t('seePlan')}
        </Button>
      )}
      {builds && asIs && answer.may.update && !answer.pair.to_be && (
        <>
          <Button onClick={proposal.open}>{t('propose')}</Button>
          {proposing && (
            <Suspense>
              <Propose answer={answer} onClose={proposal.close} />
            </Suspense>
          )}
        </>
      )}
      {builds && !asIs && answer.may.publish && (
        <Button
          disabled={editor.saving !== 'saved'}
          loading={publish.isPending}
          onClick={() => publish.mutate(undefined)}
        >
          {t('publish')}
        </Button>
      )}
    </>
  );
}
