/** Why a field is asked for: what it means, the stages that want it filled, where the map says so. */
import { type FieldShape, type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { Why } from '@/why/Why';
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
    <Why theme="fields" path={`${object.uid}/${field.uid}`} what={say(field.label)}>
      {help && <p>{help}</p>}
      {stages.map((stage) => (
        <p key={stage.uid}>{t('why.stage', { stage: say(stage.label) })}</p>
      ))}
    </Why>
  );
}
