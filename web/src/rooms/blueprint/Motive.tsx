/** Why red scenarios are overridden. */
import { Textarea } from '@mantine/core';
import { useTranslation } from './texts';

interface Props {
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}
export function Motive({ value, onChange, autoFocus }: Props) {
  const { t } = useTranslation('blueprint');
  return (
    <Textarea
      label={t('scenarios.motive')}
      description={t('scenarios.motiveLead')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={2}
      mb="md"
      data-autofocus={autoFocus || undefined}
    />
  );
}
