/** Two records side by side: which stays, and whose value each field keeps; or why they are not the same. */
import { Button, Group, Modal, Radio, Table, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { type FieldShape, type ObjectShape, useSay } from '@/client/schema';
import { toastProblem, toastUndo } from '@/client/toast';
import { Await } from '@/design/states';
import { FieldValue, isEmpty } from '@/fields';
import s from './Dialogs.module.css';
import { useRecord } from './queries';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';

interface Props {
  object: ObjectShape;
  ids: [number, number];
  onClose: () => void;
  onDone: (survivor: number | null) => void;
}
export function MergeDialog({ object, ids, onClose, onDone }: Props) {
  const { t } = useTranslation('records');
  const [one, other] = [useRecord(object.name, String(ids[0])), useRecord(object.name, String(ids[1]))];
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('merge.title')}
      closeButtonProps={{ 'aria-label': t('merge.close') }}
    >
      <Await query={one}>
        {(left) => (
          <Await query={other}>
            {(right) => <Sides object={object} sides={[left, right]} onClose={onClose} onDone={onDone} />}
          </Await>
        )}
      </Await>
    </Modal>
  );
}
interface SidesProps extends Omit<Props, 'ids'> {
  sides: [RecordAnswer, RecordAnswer];
}
const differs = (field: FieldShape, [left, right]: [RecordAnswer, RecordAnswer]) =>
  JSON.stringify(left.values[field.name] ?? null) !== JSON.stringify(right.values[field.name] ?? null);

function Sides({ object, sides, onClose, onDone }: SidesProps) {
  const { t } = useTranslation('records');
  const say = useSay();
  const refresh = useRefresh();
  const [stays, setStays] = useState(0);
  const winner = sides[stays === 0 ? 0 : 1];
  const loser = sides[stays === 0 ? 1 : 0];
  const fields = object.fields.filter((field) => !field.system && field.may_write && differs(field, sides));
  const [chosen, setChosen] = useState<Record<string, number>>({});
  /** Without a choice, what stays keeps its value unless it has none. */
  const from = (field: FieldShape) => chosen[field.name] ?? (isEmpty(winner.values[field.name]) ? 1 - stays : stays);
  const after = async (survivor: number | null) => {
    await Promise.all(sides.map(({ id }) => refresh(object.name, id)));
    onDone(survivor);
  };
  const merge = useMutation({
    mutationFn: () =>
      http.post<{ id: number }>(`/api/records/${object.name}/${winner.id}/merge`, {
        loser: loser.id,
        taken: fields.filter((field) => from(field) !== stays).map(({ name }) => name),
      }),
    onError: toastProblem,
    onSuccess: async ({ id }) => {
      toastUndo(t('merge.done', { title: winner.title ?? '' }), t('merge.undo'), () => {
        http.post(`/api/merges/${id}/undo`).then(() => after(null), toastProblem);
      });
      await after(winner.id);
    },
  });
  return (
    <>
      <p className={s.lead}>{t('merge.lead')}</p>
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('merge.stays')}</Table.Th>
              {sides.map((side, index) => (
                <Table.Th key={side.id}>
                  <Radio
                    name="stays"
                    label={side.title || `#${side.id}`}
                    checked={stays === index}
                    onChange={() => setStays(index)}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field.uid}>
                <Table.Td>{say(field.label)}</Table.Td>
                {sides.map((side, index) => (
                  <Table.Td key={side.id}>
                    <Group gap="xs" wrap="nowrap">
                      <Radio
                        name={field.name}
                        aria-label={`${say(field.label)} – ${side.title ?? side.id}`}
                        checked={from(field) === index}
                        onChange={() => setChosen({ ...chosen, [field.name]: index })}
                      />
                      <FieldValue
                        field={field}
                        value={side.values[field.name]}
                        title={side.linked[field.name]?.title}
                        titles={side.linked[field.name]?.titles}
                      />
                    </Group>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!fields.length && <p className={s.lead}>{t('merge.alike')}</p>}
      <Group mt="md">
        <Button loading={merge.isPending} onClick={() => merge.mutate()}>
          {t('merge.go')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('merge.cancel')}
        </Button>
      </Group>
      <Apart object={object} sides={sides} onDone={() => void after(null)} />
    </>
  );
}
function Apart({ object, sides, onDone }: { object: ObjectShape; sides: RecordAnswer[]; onDone: () => void }) {
  const { t } = useTranslation('records');
  const [motive, setMotive] = useState('');
  const apart = useMutation({
    mutationFn: () =>
      http.post(`/api/duplicates/${object.name}/apart`, { one: sides[0]?.id, other: sides[1]?.id, motive }),
    onError: toastProblem,
    onSuccess: onDone,
  });
  return (
    <Group mt="lg" align="end">
      <Textarea
        label={t('merge.apartWhy')}
        autosize
        maxLength={500}
        style={{ flex: 1 }}
        value={motive}
        onChange={(event) => setMotive(event.currentTarget.value)}
      />
      <Button variant="default" disabled={!motive.trim()} loading={apart.isPending} onClick={() => apart.mutate()}>
        {t('merge.apart')}
      </Button>
    </Group>
  );
}
