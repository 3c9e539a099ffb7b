/** What is foreseen of a record, beside where it stands: nothing at all when too little is known. */
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import s from './RecordPage.module.css';

export default function Ahead({ object, id }: { object: string; id: number }) {
  const { data: known } = useQuery({
    queryKey: ['position', object, String(id), 'ahead'],
    queryFn: () =>
      answer(
        api.GET('/api/records/{object_name}/{row_id}/ahead', {
          params: { path: { object_name: object, row_id: id } },
        }),
      ),
  });
  return known ? <p className={s.ahead}>{known.sentence}</p> : null;
}
