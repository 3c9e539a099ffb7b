/** A list seen in time: its records on the days of a month, or as bars along one. */
import { Calendar } from './Calendar';
import { Chronology } from './Chronology';
import type { DatedProps } from './useDated';

export default function DatedView(props: DatedProps) {
  return props.search.vue === 'chronologie' ? <Chronology {...props} /> : <Calendar {...props} />;
}
