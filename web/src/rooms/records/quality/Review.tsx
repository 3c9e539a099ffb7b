/** Who answers for the data of an object, until when they are to be looked at again, and how that is said or set up. */
import { Button, Group, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { usePeople } from '@/client/people';
import { caring, type NewCare, type Upkeep, useCaring } from '@/client/reviews';
import { toast } from '@/client/toast';
import { Badge } from '@/design/ui';
import { day } from '@/lib/format';
import { StillValid } from '@/reviews/StillValid';
import s from '../Records.module.css';
import { useTranslation } from './texts';

interface Props {
  label: string;
  upkeep: Upkeep;
}
export function Review({ label, upkeep }: Props) {
  const { t } = useTranslation('quality');
  const [open, setOpen] = useState(false);
  const { care, may, answers, id } = upkeep;
  if (!care && !may) return null;
  return (
    <div className={s.soundReview}>
      {care ? <Standing care={care} /> : <span>{t('review.none')}</span>}
      {care && id && (may || answers) && <StillValid id={id} of="quality" size="compact-xs" title={label} />}
      {may && (
        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
          {t(care ? 'review.change' : 'review.organise')}
        </Button>
      )}
      {open && <Organise label={label} upkeep={upkeep} onClose={() => setOpen(false)} />}
    </div>
  );
}
function Standing({ care }: { care: NonNullable<Upkeep['care']> }) {
  const { t } = useTranslation('quality');
  const key = care.orphan ? 'orphan' : care.overdue ? 'late' : 'due';
  return (
    <>
      <Badge tone={key === 'due' ? 'neutral' : key === 'late' ? 'red' : 'amber'}>
        {t(`review.${key}`, { day: day(care.due_on), who: care.owner?.name })}
      </Badge>
      {care.verified_at && (
        <small>{t('review.last', { day: day(care.verified_at), who: care.verified_by?.name ?? '–' })}</small>
      )}
    </>
  );
}
const INTERVALS = ['1', '3', '6', '12'] as const;
const USUAL = 3;
function Organise({ label, upkeep, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation('quality');
  const people = usePeople().data ?? [];
  const { care, object } = upkeep;
  const [wanted, setWanted] = useState<Required<NewCare>>({
    owner: care?.owner?.id ?? null,
    backup: care?.backup?.id ?? null,
    months: care?.months ?? USUAL,
  });
  const save = useCaring(
    () => caring.keep(object, wanted),
    () => {
      toast(t('review.saved'));
      onClose();
    },
  );
  const choices = [
    { value: '', label: t('review.nobody') },
    ...people.map((each) => ({ value: String(each.id), label: each.name })),
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('review.title', { label })}
      closeButtonProps={{ 'aria-label': t('review.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        {(['owner', 'backup'] as const).map((who) => (
          <NativeSelect
            key={who}
            mb="sm"
            label={t(`review.${who}`)}
            data={choices}
            required={who === 'owner'}
            value={String(wanted[who] ?? '')}
            onChange={(event) => setWanted({ ...wanted, [who]: Number(event.currentTarget.value) || null })}
          />
        ))}
        <NativeSelect
          label={t('review.every')}
          data={INTERVALS.map((value) => ({ value, label: t(`review.months.${value}`) }))}
          value={String(wanted.months)}
          onChange={(event) => setWanted({ ...wanted, months: Number(event.currentTarget.value) })}
        />
        <Group mt="md" justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('review.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
