import { Checkbox } from '@mantine/core';
import { control, type FieldKind } from './kind';
import { useTranslation } from './texts';

function Words({ value }: { value: unknown }) {
  const { t } = useTranslation('fields');
  return <>{t(value ? 'yes' : 'no')}</>;
}
export const boolean: FieldKind = {
  Show: ({ value }) => <Words value={value} />,
  Input: (props) => {
    const { required: _, withAsterisk: __, ...rest } = control(props);
    return (
      <Checkbox
        {...rest}
        checked={props.value === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    );
  },
};
