/** The deal may take the amount of a quote that left: proposed while they differ, done when one says so. */
import { Alert, Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import { toastProblem, toastUndo } from '@/client/toast';
import { exactMoney } from '@/lib/format';
import { useRefresh } from '../refresh';
import { useTranslation } from '../texts';
import type { Sheet } from './quote';
import s from './Quotes.module.css';

const LEFT = ['sent', 'accepted'];

export function TakeAmount({ sheet: { deal, quote } }: { sheet: Sheet }) {
  const { t } = useTranslation('quotes');
  const refresh = useRefresh();
  const put = async (version: number, amount: unknown) => {
    if (!deal) return;
    await http.patch(`/api/records/opportunity/${deal.id}`, { version, values: { amount } });
    await refresh('opportunity', deal.id);
  };
  const back = async (before: string | null) => {
    try {
      const { version } = await http.get<RecordAnswer>(`/api/records/opportunity/${deal?.id}`);
      await put(version, before);
    } catch (error) {
      toastProblem(error);
    }
  };
  const after = exactMoney(String(quote.values.net ?? 0));
  const take = useMutation({
    mutationFn: () => put(deal?.version ?? 0, quote.values.net),
    onError: toastProblem,
    onSuccess: () => {
      const before = deal?.amount ?? null;
      toastUndo(t('taken', { after }), t('undo'), () => void back(before));
    },
  });
  const differs = deal && Number(deal.amount ?? Number.NaN) !== Number(quote.values.net);
  if (!differs || !deal.may.update || !LEFT.includes(String(quote.values.status))) return null;
  const lead = deal.amount == null ? 'takeNone' : 'takeLead';
  return (
    <Alert color="lapis" variant="light" className={s.said}>
      <Group justify="space-between" gap="sm">
        <span>{t(lead, { title: deal.title, before: exactMoney(deal.amount ?? 0), after })}</span>
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
          {t('take')}
        </Button>
      </Group>
    </Alert>
  );
}
