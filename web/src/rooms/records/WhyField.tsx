/** Why a field is asked for: what it means, the stages that want it filled, where the map says so. */
import { type FieldShape, type ObjectShape, useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { Why } from '@/why/Why';
import { useTranslation } from './texts';

export function WhyField({ field, object }: { field: FieldShape; object: ObjectShape }) {
  const { t } = useTranslation('records');
  const say = useSay();
  const pipelines = useSchemaQuery().data?.pipelines ?? [];
  const mayCall = useSession().may.apply ?? false;
  const asked = pipelines
    .filter((each) => each.object === object.name)
    .map((each) => ({ uid: each.uid, stages: each.stages.filter((stage) => stage.required.includes(field.name)) }))
    .filter((each) => each.stages.length > 0);
  const help = say(field.help);
  const known = Boolean(help || asked.length || field.origin);
  if (!known && !mayCall) return null;
  return (
    <Why quiet={!known} theme="fields" path={`${object.uid}/${field.uid}`} what={say(field.label)}>
      {help && <p>{help}</p>}
      {asked.map(({ uid, stages }) => (
        <p key={uid}>
          {stages.length === 1
            ? t('why.stage', { stage: say(stages[0]!.label) })
            : t('why.stages', { stage: say(stages[0]!.label), count: stages.length - 1 })}
        </p>
      ))}
    </Why>
  );
}
