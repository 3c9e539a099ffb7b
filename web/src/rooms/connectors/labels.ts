/** The names of what columns become. */
import { type ObjectShape, useSay } from '@/client/schema';
import { isSpecial } from './targets';
import { useTranslation } from './texts';

/** The name of a target for people: a field's label, or what it stands for. */
export function useTargetLabel(object: ObjectShape) {
  const { t } = useTranslation('connectors');
  const say = useSay();
  return (target: string) => {
    const field = object.fields.find(({ name }) => name === target);
    return field && !isSpecial(target) ? say(field.label) : t(`special.${target}`, target);
  };
}
