/** The bar above a map and its actions: as-is, to-be, gap; what is measured; saving; publishing. */
import { ActionIcon, Button, Menu, SegmentedControl, Select, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDots,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { MapAnswer, OverlayAnswer } from '@/client/maps';
import { toast } from '@/client/toast';
import { Stat } from '@/design/ui';
import { duration, integer, percent } from '@/lib/format';
import s from './Maps.module.css';
import { type LogLite, useMapAction } from './queries';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

export function HeadActions({ answer, editor }: { answer: MapAnswer; editor: Editor }) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const open = ({ id }: { id: string }) => void navigate({ to: '/cartes/$id', params: { id } });
  const publish = useMapAction(
    () => http.post<{ n: number }>(`/api/maps/${answer.id}/publish`),
    ({ n }) => toast(t('publishedNow', { n })),
  );
  const propose = useMapAction(
    () => http.post<{ id: string }>(`/api/maps/${answer.id}/duplicate`, { state: 'to_be', title: answer.map.title }),
    open,
  );
  const remove = useMapAction(
    () => http.delete(`/api/maps/${answer.id}`),
    () => void navigate({ to: '/cartes' }),
  );
  const asIs = answer.map.state === 'as_is';
  return (
    <>
      {answer.may.update && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => remove.mutate(undefined)}>
              {t('delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {!asIs && (
        <Button component={Link} to="/plan" variant="default">
          {t('seePlan')}
        </Button>
      )}
      {asIs && answer.may.update && !answer.pair.to_be && (
        <Button loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
          {t('propose')}
        </Button>
      )}
      {!asIs && answer.may.publish && (
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

interface ToolsProps {
  answer: MapAnswer;
  editor: Editor;
  overlay: OverlayAnswer | undefined;
  log: string;
  logs: LogLite[];
  gap: boolean;
  onAdd: (() => void) | null;
  onFindings: () => void;
}
export function Tools({ answer, editor, overlay, log, logs, gap, onAdd, onFindings }: ToolsProps) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const ids = {
    as_is: answer.map.state === 'as_is' ? answer.id : answer.pair.as_is,
    to_be: answer.map.state === 'to_be' ? answer.id : answer.pair.to_be,
  };
  const show = (view: string) => {
    const id = view === 'as_is' ? ids.as_is : ids.to_be;
    if (id) void navigate({ to: '/cartes/$id', params: { id }, search: view === 'gap' ? { vue: 'ecart' } : {} });
  };
  const sources = [{ value: 'own', label: t('own') }, ...logs.map((each) => ({ value: each.id, label: each.name }))];
  return (
    <div className={s.tools}>
      <SegmentedControl
        aria-label={t('view')}
        value={gap ? 'gap' : answer.map.state}
        onChange={show}
        data={[
          { value: 'as_is', label: t('as_is'), disabled: !ids.as_is },
          { value: 'to_be', label: t('to_be'), disabled: !ids.to_be },
          { value: 'gap', label: t('gap'), disabled: !ids.as_is || !ids.to_be },
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('log')}
        allowDeselect={false}
        data={sources}
        value={log}
        onChange={(journal) => journal && void navigate({ to: '.', search: { journal }, replace: true })}
      />
      {onAdd && <EditTools editor={editor} onAdd={onAdd} onFindings={onFindings} />}
      <span className={s.grow} />
      {overlay && <Totals overlay={overlay} />}
    </div>
  );
}
function EditTools({ editor, onAdd, onFindings }: { editor: Editor; onAdd: () => void; onFindings: () => void }) {
  const { t } = useTranslation('maps');
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
        {t('addStep')}
      </Button>
      <Tooltip label={t('undo')}>
        <ActionIcon aria-label={t('undo')} disabled={!editor.undo} onClick={() => editor.undo?.()}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('redo')}>
        <ActionIcon aria-label={t('redo')} disabled={!editor.redo} onClick={() => editor.redo?.()}>
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Button
        variant="subtle"
        color={editor.findings.length ? 'orange' : 'gray'}
        leftSection={<IconAlertTriangle size={14} />}
        onClick={onFindings}
      >
        {t('findings')} {integer(editor.findings.length)}
      </Button>
      <Saved editor={editor} />
    </>
  );
}
function Saved({ editor }: { editor: Editor }) {
  const { t } = useTranslation('maps');
  const queries = useQueryClient();
  const bad = editor.saving === 'conflict' || editor.saving === 'failed';
  const reload = async () => {
    await queries.resetQueries({ queryKey: ['map'] });
  };
  return (
    <span
      className={s.saving}
      data-bad={bad || undefined}
      role="status"
      title={editor.saving === 'conflict' ? t('conflict') : undefined}
    >
      {t(`saving.${editor.saving}`)}
      {editor.saving === 'conflict' && (
        <Button variant="subtle" onClick={() => void reload()}>
          {t('reload')}
        </Button>
      )}
      {editor.saving === 'failed' && (
        <Button variant="subtle" onClick={() => void editor.save()}>
          {t('retry')}
        </Button>
      )}
    </span>
  );
}
function Totals({ overlay: { totals } }: { overlay: OverlayAnswer }) {
  const { t } = useTranslation('maps');
  return (
    <div className={s.stats}>
      {totals.cases != null && <Stat label={t('cases')} value={integer(totals.cases)} />}
      {totals.won_share != null && <Stat label={t('won')} value={percent(totals.won_share, 1)} />}
      {totals.median_cycle_seconds != null && <Stat label={t('cycle')} value={duration(totals.median_cycle_seconds)} />}
      {totals.conformance != null && <Stat label={t('conformance')} value={percent(totals.conformance)} tone="amber" />}
    </div>
  );
}
