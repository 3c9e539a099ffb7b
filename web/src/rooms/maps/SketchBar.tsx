/** The head of a map while a change of it is being proposed: send it with a reason, or give it up. */
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { toast } from '@/client/toast';
import { say, useSaying } from '@/threads/queries';
import s from './Maps.module.css';
import { useTranslation } from './texts';
import type { Sketching } from './useSketch';

interface Props {
  id: string;
  sketching: Sketching;
  onClose: () => void;
}
export default function SketchBar({ id, sketching, onClose }: Props) {
  const { t } = useTranslation('maps');
  const [asking, ask] = useDisclosure(false);
  const [why, setWhy] = useState('');
  const leave = () => {
    sketching.drop();
    onClose();
  };
  const { base, map, layout } = sketching.sketch;
  const send = useSaying(
    () => say.propose(id, { base, map, layout: { ...layout }, why } as Parameters<typeof say.propose>[1]),
    () => {
      toast(t('sketch.sent'));
      leave();
    },
  );
  return (
    <>
      <span className={s.saving} role="status">
        {t('sketch.state')}
      </span>
      <Button variant="subtle" onClick={leave}>
        {t('sketch.drop')}
      </Button>
      <Button disabled={!sketching.touched} onClick={ask.open}>
        {t('sketch.send')}
      </Button>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t('sketch.send')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate(undefined);
          }}
        >
          <Textarea
            label={t('sketch.why')}
            description={t('sketch.whyLead')}
            required
            autosize
            minRows={3}
            maxLength={4000}
            data-autofocus
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Group justify="flex-end" mt="md">
            <Button type="submit" loading={send.isPending} disabled={!why.trim()}>
              {t('sketch.go')}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
