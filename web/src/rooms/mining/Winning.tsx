/** Beside the flow: what the contacts of its won cases have that those of the lost ones have not. */
import w from '@/design/work.module.css';
import { Winning as Told } from '@/winning/Winning';
import type { Filter } from './filters';

interface Props {
  log: string;
  filters: string;
  onAdd: (stack: Filter[]) => void;
}
export default function Winning({ log, filters, onAdd }: Props) {
  return (
    <div className={w.panel}>
      <Told log={log} filters={filters} onOnly={(stack) => onAdd(JSON.parse(stack) as Filter[])} />
    </div>
  );
}
