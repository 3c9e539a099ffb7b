/** Beside the flow: what is foreseen after each step, and how well it did. */
import w from '@/design/work.module.css';
import { Foresight as Told } from '@/foresight/Foresight';

export default function Foresight(props: { log: string; filters: string }) {
  return (
    <div className={w.panel}>
      <Told {...props} />
    </div>
  );
}
