/** What travels on a map: the object whose records become the cases. */
import { Select } from '@mantine/core';
import { useSchema, wordsOf } from '@/client/blueprint';
import { useTranslation } from './texts';

const TRAVELLERS = ['lead', 'opportunity', 'ticket', 'contract'];

export default function SubjectField({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (subject: string | null) => void;
}) {
  const { t, i18n } = useTranslation('maps');
  const objects = useSchema().data?.objects ?? [];
  return (
    <Select
      label={t('create.subject')}
      data={objects
        .filter((each) => TRAVELLERS.includes(each.uid))
        .map((each) => ({ value: each.uid, label: wordsOf(each.label, i18n.language) }))}
      value={value}
      onChange={onChange}
    />
  );
}
