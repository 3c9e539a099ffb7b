/** What taking a version back changes, said before it is done: what goes, who came since, why all the same. */
import { Button, Group, List, Modal, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/client/api';
import { Await } from '@/design/states';
import { Fates } from './Fates';
import s from './PlanPage.module.css';
import { useUndo } from './applying';
import { type Choices, choicesOf, type Plan } from './queries';
import { unproven } from './Scenarios';
import { useTranslation } from './texts';

interface Props {
  n: number;
  onClose: () => void;
  onAsked: (job: string) => void;
}
export default function Undo({ n, onClose, onAsked }: Props) {
  const { t } = useTranslation('blueprint');
  const plan = useQuery({
    queryKey: ['plan', 'undo', n],
    queryFn: () => answer(api.GET('/api/versions/{n}/undo', { params: { path: { n } } })),
  });
  return (
    <Modal opened onClose={onClose} title={t('undoing.title', { n })} size="lg">
      <Await query={plan}>{(known) => <Undoing n={n} plan={known} onClose={onClose} onAsked={onAsked} />}</Await>
    </Modal>
  );
}
function Undoing({ n, plan, onClose, onAsked }: Props & { plan: Plan }) {
  const { t } = useTranslation('blueprint');
  const undo = useUndo(onAsked);
  const [motive, setMotive] = useState('');
  const [targets, setTargets] = useState<Choices>({});
  const fates = choicesOf(plan, targets);
  const forced = unproven(plan).length > 0;
  const homeless = plan.fates.some((fate) => fate.no_place && !fates[fate.stage]);
  const held = forced && !plan.may_override;
  return (
    <>
      <p>{t('undoing.lead')}</p>
      <List size="sm" mb="md">
        {plan.changes.map((each) => (
          <List.Item key={`${each.uid}${each.say}`}>
            {each.say}
            {each.warn && <p className={s.warn}>{each.warn}</p>}
          </List.Item>
        ))}
      </List>
      {plan.problems.map((each) => (
        <p key={each.detail} className={s.warn}>
          {each.detail}
        </p>
      ))}
      <Fates fates={plan.fates} targets={fates} onChange={setTargets} />
      <p>{t('undoing.lasts')}</p>
      {forced && (
        <Textarea
          label={t('undoing.motive')}
          description={t(held ? 'scenarios.held' : 'undoing.forced')}
          value={motive}
          onChange={(event) => setMotive(event.currentTarget.value)}
          autosize
          minRows={2}
          mb="md"
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={undo.isPending}>
          {t('confirm.cancel')}
        </Button>
        <Button
          color="red"
          loading={undo.isPending}
          disabled={homeless || held || plan.problems.length > 0 || (forced && !motive.trim())}
          onClick={() => undo.mutate({ n, fates, motive }, { onSettled: onClose })}
          data-autofocus
        >
          {t('undoing.go')}
        </Button>
      </Group>
    </>
  );
}
