/** The state of a quote, in its words and its colour. */
import { type ObjectShape, useSay } from '@/client/schema';
import { Badge } from '@/design/ui';
import { toneOf } from './quote';

export function Status({ object, status }: { object: ObjectShape; status: unknown }) {
  const say = useSay();
  const choice = object.fields.find((each) => each.uid === 'status')?.choices.find((each) => each.id === status);
  return choice ? <Badge tone={toneOf(status)}>{say(choice.label)}</Badge> : null;
}
