/** Which sheet of a workbook is imported, when it has several. */
import { NativeSelect } from '@mantine/core';
import { http } from '@/client/http';
import { integer } from '@/lib/format';
import { type Import, useAct } from './queries';
import { useTranslation } from './texts';

export function Sheets({ one }: { one: Import }) {
  const { t } = useTranslation('connectors');
  const pick = useAct((sheet: string) => http.put(`/api/imports/${one.id}/sheet`, { sheet }));
  if (one.sheets.length < 2) return null;
  const data = one.sheets.map(({ name, lines }) => ({
    value: name,
    label: lines === null ? t('sheet.many', { name }) : t('sheet.lines', { name, count: lines, n: integer(lines) }),
  }));
  return (
    <NativeSelect
      label={t('sheet.title')}
      description={t('sheet.lead')}
      maw={420}
      data={data}
      value={one.sheet}
      disabled={pick.isPending}
      onChange={(event) => pick.mutate(event.currentTarget.value)}
    />
  );
}
