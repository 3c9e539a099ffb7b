/** The rarer actions on a map: earlier versions, duplicate, export, delete. */
import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowsSplit,
  IconBulb,
  IconCopy,
  IconDots,
  IconHistory,
  IconKeyboard,
  IconTarget,
  IconTimeline,
  IconTrash,
  IconTrophy,
  IconUsersGroup,
  IconVersions,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { http } from '@/client/http';
import type { MapAnswer } from '@/client/maps';
import { toastUndo } from '@/client/toast';
import { Await } from '@/design/states';
import w from '@/design/work.module.css';
import { dayTime, percent } from '@/lib/format';
import { Exports, type Seen } from './Exports';
import s from './Maps.module.css';
import { useMapAction } from './queries';
import type { Panel } from './search';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface Props {
  answer: MapAnswer;
  editor: Editor;
  seen: Seen;
  /** How many of the cases keep to the map, where it is measured. */
  conformance: number | null;
  onSketch: () => void;
  onWorkshop: () => void;
  onKeys: () => void;
  onDeviations: () => void;
  /** Opens what is learnt of the cases, where some are won. */
  onLearnt: ((panel: Panel) => void) | null;
}
const Vary = lazy(() => import('./Vary'));
const ScopeFields = lazy(() => import('./ScopeFields'));

export default function MoreMenu({
  answer,
  editor,
  seen,
  conformance,
  onSketch,
  onWorkshop,
  onKeys,
  onDeviations,
  onLearnt,
}: Props) {
  const may = answer.may.update;
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const [deleting, confirm] = useDisclosure(false);
  const [history, versions] = useDisclosure(false);
  const [varying, variant] = useDisclosure(false);
  const [scoping, scope] = useDisclosure(false);
  const path = `/api/maps/${answer.id}`;
  const open = ({ id }: { id: string }) => void navigate({ to: '/cartes/$id', params: { id } });
  const copy = useMapAction(
    () =>
      http.post<{ id: string }>(`${path}/duplicate`, {
        state: answer.map.state,
        title: t('copyOf', { title: answer.map.title }),
      }),
    open,
  );
  const restore = useMapAction(
    () => http.post(`${path}/restore`),
    () => open(answer),
  );
  const remove = useMapAction(
    () => http.delete(path),
    () => {
      void navigate({ to: '/cartes' });
      toastUndo(t('deleted', { title: answer.map.title }), t('undo'), () => restore.mutate(undefined));
    },
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={14} />} onClick={versions.open}>
            {t('versions')}
          </Menu.Item>
          <Menu.Item className={s.narrow} leftSection={<IconTarget size={14} />} onClick={scope.open}>
            {t('scope.title')}
          </Menu.Item>
          {conformance != null && (
            <Menu.Item
              className={s.figure}
              leftSection={<IconArrowsSplit size={14} />}
              rightSection={<small className="num">{percent(conformance)}</small>}
              onClick={onDeviations}
            >
              {t('deviationsOpen')}
            </Menu.Item>
          )}
          {onLearnt && (
            <>
              <Menu.Item leftSection={<IconTrophy size={14} />} onClick={() => onLearnt('winning')}>
                {t('winning')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTimeline size={14} />} onClick={() => onLearnt('foresight')}>
                {t('foresight')}
              </Menu.Item>
            </>
          )}
          <Menu.Item className={s.keyboard} leftSection={<IconKeyboard size={14} />} onClick={onKeys}>
            {t('keysTitle')}
          </Menu.Item>
          <Menu.Item leftSection={<IconBulb size={14} />} onClick={onSketch}>
            {t('sketch.begin')}
          </Menu.Item>
          {may && (
            <>
              <Menu.Item leftSection={<IconUsersGroup size={14} />} onClick={onWorkshop}>
                {t('workshop.title')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => copy.mutate(undefined)}>
                {t('copy')}
              </Menu.Item>
              <Menu.Item leftSection={<IconVersions size={14} />} onClick={variant.open}>
                {t('variants.make')}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          <Exports answer={answer} seen={seen} />
          {may && (
            <>
              <Menu.Divider />
              <Menu.Item color="var(--pt-red-text)" leftSection={<IconTrash size={14} />} onClick={confirm.open}>
                {t('delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {varying && (
        <Suspense>
          <Vary answer={answer} onClose={variant.close} />
        </Suspense>
      )}
      <Modal opened={scoping} onClose={scope.close} title={t('scope.title')} className={s.form}>
        <Suspense>
          <ScopeFields editor={editor} editable={may} />
        </Suspense>
      </Modal>
      <Modal opened={deleting} onClose={confirm.close} title={t('delete')}>
        <p>{t('deleteLead', { title: answer.map.title })}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={confirm.close}>
            {t('keep')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('delete')}
          </Button>
        </Group>
      </Modal>
      <Modal opened={history} onClose={versions.close} title={t('versions')}>
        <Versions path={path} may={may} />
      </Modal>
    </>
  );
}
interface Version {
  n: number;
  at: string;
  author: { name: string } | string | null;
  says: string[];
}
function Versions({ path, may }: { path: string; may: boolean }) {
  const { t } = useTranslation('maps');
  const versions = useQuery({
    queryKey: ['map', path, 'versions'],
    queryFn: () => http.get<Version[]>(`${path}/versions`),
  });
  const restore = useMapAction(
    (n: number) => http.post(`${path}/versions/${n}/restore`),
    () => location.reload(),
  );
  return (
    <Await query={versions}>
      {(known) => (
        <ul className={w.list}>
          {known.length === 0 && <li>{t('noVersion')}</li>}
          {known.map((each) => (
            <li key={each.n}>
              <span>{t('versionOf', { n: each.n, at: dayTime(each.at), who: nameOf(each.author) })}</span>
              {may && (
                <Button size="compact-xs" variant="subtle" onClick={() => restore.mutate(each.n)}>
                  {t('restore')}
                </Button>
              )}
              {each.says.length > 0 && <small>{each.says.join(' ')}</small>}
            </li>
          ))}
        </ul>
      )}
    </Await>
  );
}
const nameOf = (author: Version['author']) => (typeof author === 'string' ? author : (author?.name ?? '–'));
