/** Why a field is asked for: what it means, the stages that want it filled, where the map says so. */
import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { type FieldShape, type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { OnMap } from './OnMap';
import s from './RecordPage.module.css';
import { useTranslation } from './texts';

export function WhyField({ field, object }: { field: FieldShape; object: ObjectShape }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const stages = pipelines
    .filter((each) => each.object === object.name)
    .flatMap((each) => each.stages)
    .filter((each) => each.required.includes(field.name));
  const help = say(field.help);
  if (!help && !stages.length && !field.origin) return null;
  return (
    <Popover position="bottom-start" width={260} withinPortal>
      <Popover.Target>
        <ActionIcon className={s.why} size={20} aria-label={t('why.ask', { field: say(field.label) })}>
          <IconHelp size={13} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={s.whyText}>
        {help && <p>{help}</p>}
        {stages.map((stage) => (
          <p key={stage.uid}>{t('why.stage', { stage: say(stage.label) })}</p>
        ))}
        {field.origin && (
          <p>
            {t('why.map')} <OnMap origin={field.origin} />
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
