/** One decision about a deviation at a time: why it is accepted, or whom it is given to and by when. */
import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { usePeople } from '@/client/people';
import { type Between, type Deviation, useDecisions } from './decisions';
import m from './Deviations.module.css';
import { useTranslation } from './texts';

const LONGEST = 300;
export type What = 'accept' | 'assign';
interface Props {
  what: What;
  one: Deviation;
  between: Between;
  onClose: () => void;
}
export default function Decide({ what, one, between, onClose }: Props) {
  const { t } = useTranslation('deviations');
  const Form = what === 'accept' ? Accept : Assign;
  return (
    <Modal opened onClose={onClose} title={t(`decide.${what}`)} closeButtonProps={{ 'aria-label': t('decide.close') }}>
      <p className={m.said}>{one.sentence}</p>
      <Form one={one} between={between} onClose={onClose} />
    </Modal>
  );
}
type FormProps = Omit<Props, 'what'>;
function Accept({ one, between, onClose }: FormProps) {
  const { t } = useTranslation('deviations');
  const { accept } = useDecisions(between);
  const [motive, setMotive] = useState('');
  return (
    <Asked go={() => accept(one, motive)} ready={motive.trim() !== ''} label={t('decide.acceptGo')} onClose={onClose}>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={2}
        maxLength={LONGEST}
        label={t('decide.motive')}
        description={t('decide.motiveLead')}
        value={motive}
        onChange={(event) => setMotive(event.currentTarget.value)}
      />
    </Asked>
  );
}
function Assign({ one, between, onClose }: FormProps) {
  const { t } = useTranslation('deviations');
  const { assign } = useDecisions(between);
  const people = usePeople().data ?? [];
  const [person, setPerson] = useState<string | null>(one.decision?.owner?.toString() ?? null);
  const [due, setDue] = useState(one.decision?.due_on ?? '');
  const before = one.decision?.owner ?? null;
  return (
    <Asked
      go={() => assign(one, person === null ? null : Number(person), person !== null && due ? due : null)}
      ready={person !== null || before !== null}
      label={t(person === null && before !== null ? 'decide.takeFrom' : 'decide.assignGo')}
      onClose={onClose}
    >
      <Select
        data-autofocus
        searchable
        clearable
        label={t('decide.person')}
        data={people.map((each) => ({ value: each.id.toString(), label: each.name }))}
        value={person}
        onChange={setPerson}
      />
      <TextInput
        type="date"
        label={t('decide.due')}
        description={t('decide.dueLead')}
        value={due}
        disabled={person === null}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
    </Asked>
  );
}
interface AskedProps {
  go: () => Promise<boolean>;
  ready: boolean;
  label: string;
  onClose: () => void;
  children: React.ReactNode;
}
function Asked({ go, ready, label, onClose, children }: AskedProps) {
  const { t } = useTranslation('deviations');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await go();
    setBusy(false);
    if (done) onClose();
  };
  return (
    <form className={m.form} onSubmit={(event) => void submit(event)}>
      {children}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('decide.cancel')}
        </Button>
        <Button type="submit" disabled={!ready} loading={busy}>
          {label}
        </Button>
      </Group>
    </form>
  );
}
