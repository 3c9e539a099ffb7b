/** A record into the bin and back. */
import { http } from '@/client/http';
import type { RecordAnswer } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toast, toastProblem, toastUndo } from '@/client/toast';
import { useRefresh } from './refresh';
import { useTranslation } from './texts';

export function useBin({ object, record }: { object: ObjectShape; record: RecordAnswer }) {
  const { t } = useTranslation('records');
  const refresh = useRefresh();
  const address = `/api/records/${object.name}/${record.id}`;
  const restore = async () => {
    try {
      await http.post(`${address}/restore`);
      toast(t('list.restored', { title: record.title ?? '' }));
      await refresh(object.name, record.id);
    } catch (error) {
      toastProblem(error);
    }
  };
  const remove = async () => {
    await http.delete(address);
    toastUndo(t('record.deleted', { title: record.title ?? '' }), t('record.undo'), () => void restore());
    await refresh(object.name);
  };
  return { restore, remove };
}
