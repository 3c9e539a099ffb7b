/** Records merged by themselves in the night: off until chosen, with what was measured, and what was merged so. */
import { Button, Select, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api, type Shape } from '@/client/api';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem } from '@/client/toast';
import { Await } from '@/design/states';
import { day, integer, percent } from '@/lib/format';
import s from '../Records.module.css';
import { useTranslation } from './texts';

type Known = Shape<'UnattendedOut'>;
interface Props {
  object: ObjectShape;
}
const OFF = 'off';
export default function Unattended({ object }: Props) {
  const { t } = useTranslation('unattended');
  const path = { object_name: object.name };
  const choice = useQuery({
    queryKey: ['duplicates', object.name, 'unattended'],
    queryFn: () => answer(api.GET('/api/duplicates/{object_name}/unattended', { params: { path } })),
  });
  return (
    <section aria-label={t('title')} className={s.sound}>
      <h2 className={s.alone}>{t('title')}</h2>
      <p className={s.aloneSaid}>{t('lead')}</p>
      <Await query={choice} rows={3}>
        {(known) => (
          <>
            <Choice object={object} known={known} />
            <Done object={object} done={known.done} />
          </>
        )}
      </Await>
    </section>
  );
}
function Choice({ object, known }: Props & { known: Known }) {
  const { t } = useTranslation('unattended');
  const refresh = useRefreshed(object);
  const params = { path: { object_name: object.name } };
  const choose = useMutation({
    mutationFn: async (threshold: number | null) => {
      if (threshold === null) await answer(api.DELETE('/api/duplicates/{object_name}/unattended', { params }));
      else await answer(api.PUT('/api/duplicates/{object_name}/unattended', { params, body: { threshold } }));
    },
    onError: toastProblem,
    onSuccess: async (_, threshold) => {
      toast(threshold === null ? t('stopped') : t('chosen', { threshold }));
      await refresh();
    },
  });
  const { threshold, offered, may } = known;
  const chosen = offered.find((each) => each.threshold === threshold);
  const company = object.fields.some(({ type }) => type === 'siren' || type === 'siret');
  const state = threshold === null ? t('stateOff') : t('stateOn', { threshold });
  if (!may || !offered.length) return <p className={s.aloneSaid}>{state}</p>;
  return (
    <div className={s.aloneChoice}>
      <Select
        label={t('threshold')}
        description={
          chosen
            ? `${t('measured', { right: integer(chosen.right), merged: integer(chosen.merged) })} ${t(`source.${company ? 'company' : 'person'}`)}`
            : t(`source.${company ? 'company' : 'person'}`)
        }
        w={460}
        maw="100%"
        allowDeselect={false}
        disabled={choose.isPending}
        data={[
          { value: OFF, label: t('off') },
          ...offered.map((each) => ({
            value: String(each.threshold),
            label: t('from', {
              threshold: each.threshold,
              precision: percent(each.precision, 1),
              recall: percent(each.recall),
            }),
          })),
        ]}
        value={threshold === null ? OFF : String(threshold)}
        onChange={(value) => choose.mutate(value === OFF ? null : Number(value))}
      />
    </div>
  );
}
function Done({ object, done }: Props & { done: Known['done'] }) {
  const { t } = useTranslation('unattended');
  const refresh = useRefreshed(object);
  const undo = useMutation({
    mutationFn: ({ id }: Known['done'][number]) =>
      answer(api.POST('/api/merges/{merge_id}/undo', { params: { path: { merge_id: id } } })),
    onError: toastProblem,
    onSuccess: async (_, { loser }) => {
      toast(t('apart', { title: loser }));
      await refresh();
    },
  });
  if (!done.length) return <p className={s.aloneSaid}>{t('none')}</p>;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t('done')} captionSide="top">
        <Table.Caption>{t('done')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {['winner', 'loser', 'points', 'at', 'act'].map((key) => (
              <Table.Th key={key}>{t(`head.${key}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {done.map((each) => (
            <Table.Tr key={each.id}>
              <Table.Td>
                <Link to="/fiches/$object/$id" params={{ object: object.name, id: String(each.winner.id) }}>
                  {each.winner.title || `#${each.winner.id}`}
                </Link>
              </Table.Td>
              <Table.Td>{each.loser}</Table.Td>
              <Table.Td className="num">{t('points', { n: each.points })}</Table.Td>
              <Table.Td>{day(each.at)}</Table.Td>
              <Table.Td>
                {each.undone_at ? (
                  t('undone', { day: day(each.undone_at) })
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={!object.may.delete}
                    aria-label={t('undoOf', { title: each.loser })}
                    loading={undo.isPending && undo.variables.id === each.id}
                    onClick={() => undo.mutate(each)}
                  >
                    {t('undo')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
function useRefreshed(object: ObjectShape) {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [
        ['duplicates', object.name],
        ['list', object.name],
      ].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
}
