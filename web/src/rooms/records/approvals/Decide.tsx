/** A question that waits: who asks what and why; one agrees in a tap, or refuses and says why. */
import { Button, Group, Textarea } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { toast } from '@/client/toast';
import { ago } from '@/lib/format';
import { useTranslation } from '../texts';
import s from './Approvals.module.css';
import { type Request, useDecide } from './queries';

export function Decide({ request }: { request: Request }) {
  const { t } = useTranslation('records');
  const [refusing, setRefusing] = useState(false);
  const [comment, setComment] = useState('');
  const { title, label, to, who, may_decide: mayDecide, may_withdraw: mayWithdraw } = request;
  const decide = useDecide(request, (verdict) =>
    toast(t(`approval.told.${verdict ? (verdict.granted ? 'granted' : 'refused') : 'withdrawn'}`, { title, to })),
  );
  return (
    <>
      <p className={s.what}>
        <b>{label}</b>
        {to && <span>{t('approval.to', { to })}</span>}
      </p>
      <p className={s.who}>
        {t(request.asked_by ? 'approval.askedBy' : 'approval.askedByItself', {
          name: request.asked_by ?? '',
          when: ago(request.asked_at),
        })}
        {!mayDecide && <> {t('approval.waitsFor', { who: who.join(', ') || t('approval.administrators') })}</>}
      </p>
      {request.comment && <blockquote className={s.comment}>{request.comment}</blockquote>}
      {refusing && (
        <Textarea
          label={t('approval.why')}
          required
          autosize
          minRows={2}
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <Group gap="sm" className={s.buttons}>
        {mayDecide && !refusing && (
          <Button
            leftSection={<IconCheck size={15} />}
            loading={decide.isPending}
            onClick={() => decide.mutate({ granted: true, comment: '' })}
          >
            {t('approval.agree')}
          </Button>
        )}
        {mayDecide && (
          <Button
            variant="default"
            leftSection={<IconX size={15} />}
            disabled={decide.isPending || (refusing && !comment.trim())}
            onClick={() => (refusing ? decide.mutate({ granted: false, comment: comment.trim() }) : setRefusing(true))}
          >
            {t('approval.refuse')}
          </Button>
        )}
        {refusing && (
          <Button variant="subtle" onClick={() => setRefusing(false)}>
            {t('approval.back')}
          </Button>
        )}
        {mayWithdraw && !mayDecide && (
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate(null)}>
            {t('approval.withdraw')}
          </Button>
        )}
      </Group>
    </>
  );
}
