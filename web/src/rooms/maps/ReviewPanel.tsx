/** The review of a map: who answers for it, what changed since the last one, still valid in one click. */
import { ActionIcon, Button, Group, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { http } from '@/client/http';
import { usePeople } from '@/client/people';
import { type Care, caring, type Review, useCares, useCaring, useReview } from '@/client/reviews';
import { toastUndo } from '@/client/toast';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { day } from '@/lib/format';
import { StillValid } from '@/reviews/StillValid';
import { openByElement, useThreads } from '@/threads/queries';
import { FreshBadge } from './Freshness';
import { useMapAction } from './queries';
import { useTranslation } from './texts';

interface Props {
  id: string;
  title: string;
  mayArchive: boolean;
  onSelect: (id: string | null) => void;
  onTalk: () => void;
  onClose: () => void;
}
export default function ReviewPanel({ id, title, mayArchive, onSelect, onTalk, onClose }: Props) {
  const { t } = useTranslation('maps');
  const review = useReview(id);
  const care = useCares().data?.find((each) => each.id === id);
  const open = [...openByElement(useThreads(id).threads).values()].reduce((sum, each) => sum + each, 0);
  return (
    <aside className={w.inspector} aria-label={t('review.title')}>
      <div className={w.inspectorHead}>
        <h2>{t('review.title')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
        <span>
          <FreshBadge care={care} always />
        </span>
      </div>
      <Await query={review} rows={4}>
        {(known) => (
          <>
            {care && <Verified care={care} />}
            {known.may && <Verdict id={id} title={title} mayArchive={mayArchive} onCorrect={onClose} />}
            <Changes review={known} onSelect={onSelect} />
            <section>
              <h3 className={w.title}>{t('discussions')}</h3>
              <Button size="compact-sm" variant="subtle" onClick={onTalk}>
                {t('review.threads', { count: open })}
              </Button>
            </section>
            {care && <Keepers id={id} care={care} may={known.may} />}
          </>
        )}
      </Await>
    </aside>
  );
}
function Verified({ care }: { care: Care }) {
  const { t } = useTranslation('maps');
  if (!care.verified_at) return <p>{t('review.never')}</p>;
  return <p>{t('review.verified', { day: day(care.verified_at), who: care.verified_by?.name ?? '–' })}</p>;
}
interface VerdictProps {
  id: string;
  title: string;
  mayArchive: boolean;
  onCorrect: () => void;
}
function Verdict({ id, title, mayArchive, onCorrect }: VerdictProps) {
  const { t } = useTranslation('maps');
  const navigate = useNavigate();
  const restore = useMapAction(() => http.post(`/api/maps/${id}/restore`));
  const archive = useMapAction(
    () => http.delete(`/api/maps/${id}`),
    () => {
      void navigate({ to: '/cartes' });
      toastUndo(t('deleted', { title }), t('undo'), () => restore.mutate(undefined));
    },
  );
  return (
    <Group gap={6}>
      <StillValid id={id} size="xs" />
      <Button size="xs" variant="subtle" onClick={onCorrect}>
        {t('review.correct')}
      </Button>
      {mayArchive && (
        <Button
          size="xs"
          variant="subtle"
          color="red"
          loading={archive.isPending}
          onClick={() => archive.mutate(undefined)}
        >
          {t('review.archive')}
        </Button>
      )}
    </Group>
  );
}
const SIGNS = { added: '+', removed: '−' } as const;
function Changes({ review, onSelect }: { review: Review; onSelect: (id: string) => void }) {
  const { t } = useTranslation('maps');
  return (
    <section>
      <h3 className={w.title}>
        {review.since ? t('review.since', { day: day(review.since) }) : t('review.sinceNever')}
      </h3>
      <ul className={w.list}>
        {review.changes.length === 0 && <li>{t('review.unchanged')}</li>}
        {review.changes.map((each, index) => (
          <li key={index}>
            <Badge>{SIGNS[each.kind as keyof typeof SIGNS] ?? '~'}</Badge>
            <button type="button" onClick={() => onSelect(each.element)}>
              {each.say}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
const INTERVALS = ['1', '3', '6', '12'];
function Keepers({ id, care, may }: { id: string; care: Care; may: boolean }) {
  const { t } = useTranslation('maps');
  const people = usePeople().data ?? [];
  const entrust = useCaring((next: Partial<{ owner: number | null; backup: number | null; months: number }>) =>
    caring.entrust(id, {
      owner: care.owner?.id ?? null,
      backup: care.backup?.id ?? null,
      months: care.months,
      ...next,
    }),
  );
  const known = (one: Care['owner']) => (one && !people.some((each) => each.id === one.id) ? [one] : []);
  const choices = (one: Care['owner'], none: string) => [
    { value: '', label: none },
    ...[...known(one), ...people].map((each) => ({ value: String(each.id), label: each.name })),
  ];
  return (
    <section>
      <h3 className={w.title}>{t('review.keepers')}</h3>
      <Group gap={8} grow align="flex-end">
        <NativeSelect
          size="xs"
          label={t('review.owner')}
          disabled={!may}
          value={String(care.owner?.id ?? '')}
          data={choices(care.owner, t('review.nobody'))}
          onChange={(event) => entrust.mutate({ owner: Number(event.currentTarget.value) || null })}
        />
        <NativeSelect
          size="xs"
          label={t('review.backup')}
          disabled={!may}
          value={String(care.backup?.id ?? '')}
          data={choices(care.backup, t('review.nobody'))}
          onChange={(event) => entrust.mutate({ backup: Number(event.currentTarget.value) || null })}
        />
      </Group>
      <NativeSelect
        mt={8}
        size="xs"
        label={t('review.every')}
        disabled={!may}
        value={String(care.months)}
        data={INTERVALS.map((value) => ({ value, label: t('review.months', { count: Number(value) }) }))}
        onChange={(event) => entrust.mutate({ months: Number(event.currentTarget.value) })}
      />
    </section>
  );
}
