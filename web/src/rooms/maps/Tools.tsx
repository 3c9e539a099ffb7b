/** The bar above a map: as-is, to-be, gap; drawing or list; what is measured; saving. */
import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLayoutDashboard,
  IconLink,
  IconMessage2,
  IconPlayerPlay,
  IconPlus,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MapAnswer, OverlayAnswer } from '@/client/maps';
import { Stat } from '@/design/ui';
import w from '@/design/work.module.css';
import { duration, integer, percent } from '@/lib/format';
import { kindOf, nameOfNew } from './kinds';
import s from './Maps.module.css';
import type { LogLite } from './queries';
import { type MapSearch, type Panel, type Shape, SHAPES } from './search';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

interface ToolsProps {
  answer: MapAnswer;
  threads: number;
  editor: Editor;
  overlay: OverlayAnswer | undefined;
  search: MapSearch;
  log: string;
  logs: LogLite[];
  gap: boolean;
  shape: Shape;
  onAdd: (() => void) | null;
  onTidy: () => void;
  onPanel: (panel: Panel) => void;
}
export function Tools({
  answer,
  threads,
  editor,
  overlay,
  search,
  log,
  logs,
  gap,
  shape,
  onAdd,
  onTidy,
  onPanel,
}: ToolsProps) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const ids = {
    as_is: answer.map.state === 'as_is' ? answer.id : answer.pair.as_is,
    to_be: answer.map.state === 'to_be' ? answer.id : answer.pair.to_be,
  };
  const show = (view: string) => {
    const id = view === 'as_is' ? ids.as_is : ids.to_be;
    const kept = view === 'gap' ? { ...search, vue: 'ecart' } : { ...search, vue: undefined };
    if (id) void navigate({ to: '/cartes/$id', params: { id }, search: kept });
  };
  const { builds } = kindOf(answer.map);
  const change = (next: Partial<MapSearch>) =>
    void navigate({ to: '.', search: { ...search, ...next }, replace: true });
  const sources = [{ value: 'own', label: t('own') }, ...logs.map((each) => ({ value: each.id, label: each.name }))];
  return (
    <div className={w.tools}>
      {builds && (
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
      )}
      <NativeSelect
        size="xs"
        className={s.select}
        aria-label={t('shape')}
        value={shape}
        onChange={(event) => change({ forme: event.currentTarget.value as Shape })}
        data={SHAPES.map((value) => ({
          value,
          label: t(value === 'dessin' && !builds ? 'drawing' : `shapes.${value}`),
        }))}
      />
      {builds && (
        <NativeSelect
          size="xs"
          className={s.select}
          aria-label={t('log')}
          data={sources}
          value={log}
          onChange={(event) => change({ journal: event.currentTarget.value })}
        />
      )}
      {overlay && overlay.unmapped.length > 0 && log !== 'own' && answer.may.update && (
        <Button variant="subtle" leftSection={<IconLink size={14} />} onClick={() => onPanel('mapping')}>
          {t('unmapped', { count: overlay.unmapped.length })}
        </Button>
      )}
      {builds && (
        <Button variant="subtle" leftSection={<IconPlayerPlay size={14} />} onClick={() => onPanel('scenarios')}>
          {t('scenarios.title')}
        </Button>
      )}
      <Button
        variant="subtle"
        aria-label={`${t('discussions')} ${threads || ''}`}
        title={t('discussions')}
        leftSection={<IconMessage2 size={14} />}
        onClick={() => onPanel('discussions')}
      >
        {integer(threads)}
      </Button>
      {onAdd && <EditTools editor={editor} onAdd={onAdd} onTidy={onTidy} onFindings={() => onPanel('findings')} />}
      <span className={w.grow} />
      {overlay && <Totals overlay={overlay} onDeviations={() => onPanel('deviations')} />}
    </div>
  );
}
interface EditProps {
  editor: Editor;
  onAdd: () => void;
  onTidy: () => void;
  onFindings: () => void;
}
function EditTools({ editor, onAdd, onTidy, onFindings }: EditProps) {
  const { t } = useTranslation('maps');
  const isPlaced = Object.values(editor.layout.positions).some((at) => at.placed);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
        {nameOfNew(t, editor.map)}
      </Button>
      <ActionIcon aria-label={t('undo')} title={t('undo')} disabled={!editor.undo} onClick={() => editor.undo?.()}>
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('redo')} title={t('redo')} disabled={!editor.redo} onClick={() => editor.redo?.()}>
        <IconArrowForwardUp size={16} />
      </ActionIcon>
      {isPlaced && (
        <ActionIcon aria-label={t('tidy')} title={t('tidy')} onClick={onTidy}>
          <IconLayoutDashboard size={16} />
        </ActionIcon>
      )}
      <Button
        variant="subtle"
        color={editor.findings.length ? 'orange' : 'gray'}
        leftSection={<IconAlertTriangle size={14} />}
        onClick={onFindings}
      >
        {t('findings')} {integer(editor.findings.length)}
      </Button>
    </>
  );
}
/** Whether what is drawn is kept, and what to do when it is not. */
export function Saved({ editor }: { editor: Editor }) {
  const { t } = useTranslation('maps');
  const queries = useQueryClient();
  return (
    <span
      className={s.saving}
      data-bad={editor.saving === 'conflict' || undefined}
      role="status"
      title={editor.saving === 'conflict' ? t('conflict') : undefined}
    >
      {t(`saving.${editor.saving}`)}
      {editor.saving === 'conflict' && (
        <Button variant="subtle" onClick={() => void queries.resetQueries({ queryKey: ['map'] })}>
          {t('reload')}
        </Button>
      )}
    </span>
  );
}
function Totals({ overlay: { totals }, onDeviations }: { overlay: OverlayAnswer; onDeviations: () => void }) {
  const { t } = useTranslation('maps');
  return (
    <div className={w.stats}>
      {totals.cases != null && <Stat label={t('cases')} value={integer(totals.cases)} />}
      {totals.won_share != null && <Stat label={t('won')} value={percent(totals.won_share, 1)} />}
      {totals.median_cycle_seconds != null && <Stat label={t('cycle')} value={duration(totals.median_cycle_seconds)} />}
      {totals.conformance != null && (
        <button type="button" className={s.opening} title={t('deviationsOpen')} onClick={onDeviations}>
          <Stat label={t('conformance')} value={percent(totals.conformance)} tone="amber" />
        </button>
      )}
    </div>
  );
}
