/** What a closed gate asks for, and only that: fields, a motive, or the right to go through anyway. */
import { Button, Checkbox, Group, Modal, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { Problem } from '@/client/problem';
import type { GateClosed, RecordAnswer, Values } from '@/client/records';
import { type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { Refused } from '@/design/Refused';
import { FieldInput, isEmpty } from '@/fields';
import s from './Dialogs.module.css';
import { OnMap } from './OnMap';
import { useTranslation } from './texts';
import type { Extra, Move } from './move';

interface Props {
  move: Move;
  closed: GateClosed;
  problem: Problem;
  busy: boolean;
  onGo: (extra: Extra) => void;
  /** Asks those who may to agree. */
  onAsk: (extra: { values?: Values; comment: string }) => void;
  onLeave: () => void;
}
const LOSS_REASON = 'loss_reason';
/** The fields to fill, as the schema knows them; the reason of a loss among them. */
function asked(closed: GateClosed, object: ObjectShape | undefined) {
  const names = new Map(closed.missing.map((each) => [each.field, each.origin]));
  if (closed.needs_reason && !names.has(LOSS_REASON)) names.set(LOSS_REASON, null);
  return [...names].flatMap(([name, origin]) => {
    const field = object?.fields.find((each) => each.name === name);
    return field ? [{ field, origin }] : [];
  });
}
export default function GateDialog({ move, closed, problem, busy, onGo, onAsk, onLeave }: Props) {
  const { t } = useTranslation('records');
  const say = useSay();
  const object = useSchemaQuery().data?.objects.find((each) => each.name === move.object);
  const known = useQuery({
    queryKey: ['record', move.object, String(move.id)],
    queryFn: () => http.get<RecordAnswer>(`/api/records/${move.object}/${move.id}`),
  });
  const [values, setValues] = useState<Values>({});
  const [motive, setMotive] = useState('');
  const [override, setOverride] = useState(false);
  const [first] = useState(() => asked(closed, object));
  // What was asked first stays, so that it can be corrected; a second refusal may ask for more.
  const more = asked(closed, object).filter(({ field }) => !first.some((each) => each.field.name === field.name));
  const fields = [...first, ...more];
  const errors =
    problem.code === 'records.gate_closed'
      ? {}
      : Object.fromEntries(problem.problems.map((each) => [each.where, each.detail]));
  const blocked = problem.problems.filter((each) => /gate_(no_way|role|condition)$/.test(each.code));
  const asking = closed.unagreed.length > 0 && !override && !closed.unmet.length && !blocked.length;
  const needsMotive = closed.needs_motive || override;
  const lacks = !override && fields.some(({ field }) => field.type !== 'boolean' && isEmpty(values[field.name]));
  /** A box left unticked says no. */
  const unticked = fields.filter(({ field }) => field.type === 'boolean').map(({ field }) => [field.name, false]);
  const filled: Values = override ? values : { ...Object.fromEntries(unticked), ...values };
  const go = () =>
    asking
      ? onAsk({ ...(Object.keys(filled).length ? { values: filled } : {}), comment: motive.trim() })
      : onGo({
          ...(Object.keys(filled).length ? { values: filled } : {}),
          ...(needsMotive ? { motive: motive.trim() } : {}),
          ...(override ? { override } : {}),
        });
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('close') }}
      opened
      onClose={onLeave}
      title={t('gate.title', { title: move.title, stage: move.toLabel })}
      size="md"
    >
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {fields.length > 0 && <p className={s.lead}>{t('gate.missing', { count: fields.length })}</p>}
        {fields.map(({ field, origin }, index) => (
          <div key={field.name} className={s.asked}>
            <FieldInput
              field={field}
              label={say(field.label)}
              value={values[field.name] ?? known.data?.values[field.name] ?? null}
              required={!override}
              autoFocus={index === 0}
              error={errors[field.name]}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
            <OnMap origin={origin} />
          </div>
        ))}
        <Criteria closed={closed} later={fields.length > 0} />
        {blocked.length > 0 && (
          <Refused>
            {blocked.map((each) => each.detail).join(' ')}
            <Who closed={closed} />
          </Refused>
        )}
        {closed.may_override && closed.unmet.length + fields.length + blocked.length + closed.unagreed.length > 0 && (
          <Checkbox
            label={t('gate.override')}
            description={t('gate.overrideHint')}
            checked={override}
            onChange={(event) => setOverride(event.currentTarget.checked)}
          />
        )}
        {asking && <Unagreed closed={closed} comment={motive} onComment={setMotive} />}
        {needsMotive && !asking && (
          <Textarea
            label={t('gate.motive')}
            description={closed.needs_motive ? t('gate.motiveBack') : undefined}
            required
            autosize
            minRows={2}
            data-autofocus={fields.length === 0 || undefined}
            value={motive}
            onChange={(event) => setMotive(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onLeave}>
            {t('gate.leave')}
          </Button>
          <Button type="submit" loading={busy} disabled={lacks || (needsMotive && !asking && !motive.trim())}>
            {t(asking ? 'approval.ask' : fields.length && !override ? 'gate.saveAndGo' : 'gate.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
/** What has to be agreed, and the question that goes with it. */
function Unagreed({
  closed,
  comment,
  onComment,
}: {
  closed: GateClosed;
  comment: string;
  onComment: (text: string) => void;
}) {
  const { t } = useTranslation('records');
  const say = useSay();
  return (
    <section>
      <p className={s.lead}>{t('approval.needed')}</p>
      <ul className={s.unmet}>
        {closed.unagreed.map((each) => (
          <li key={each.id}>
            <span>{say(each.label)}</span>
            <OnMap origin={each.origin} />
          </li>
        ))}
      </ul>
      <Textarea
        mt="sm"
        label={t('approval.comment')}
        description={t('approval.commentHint')}
        autosize
        minRows={2}
        value={comment}
        onChange={(event) => onComment(event.currentTarget.value)}
      />
    </section>
  );
}
function Criteria({ closed, later }: { closed: GateClosed; later: boolean }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const asked = new Set(closed.missing.map((each) => each.field));
  /** What reads only fields that are asked for here is judged once they are filled. */
  const unmet = closed.unmet.filter((each) => !each.fields.length || each.fields.some((name) => !asked.has(name)));
  if (!unmet.length) return null;
  return (
    <section>
      <p className={s.lead}>{t(later ? 'gate.unmetLater' : 'gate.unmet')}</p>
      <ul className={s.unmet}>
        {unmet.map((each) => (
          <li key={each.id}>
            <span>{say(each.label)}</span>
            <OnMap origin={each.origin} />
          </li>
        ))}
      </ul>
    </section>
  );
}
function Who({ closed }: { closed: GateClosed }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const roles = useSchemaQuery().data?.roles ?? [];
  if (!closed.who?.length) return null;
  const names = closed.who.map((each) =>
    typeof each === 'string' ? say(roles.find((role) => role.uid === each)?.label) || each : say(each.label),
  );
  return <> {t('gate.who', { who: names.join(', ') })}</>;
}
