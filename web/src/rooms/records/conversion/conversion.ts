/** What a lead becomes, as it travels. */
import { addTexts } from '@/i18n';
import { http } from '@/client/http';
import type { RecordAnswer, Values } from '@/client/records';
import type { ObjectShape } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import type { Found } from '../Alike';
import type { useRefresh } from '../refresh';
import en from './en.json';
import fr from './fr.json';

addTexts('conversion', { fr, en });

export interface Proposed {
  object: string;
  values: Values;
  found: Found[];
}
interface Seen {
  object: string;
  id: number;
  title: string;
}
export interface Conversion {
  id: number;
  at: string;
  by: string | null;
  deal: Seen | null;
  account: Seen | null;
  contact: Seen | null;
}
export interface Proposal {
  version: number;
  converted: Conversion | null;
  account: Proposed;
  contact: Proposed;
  opportunity: Proposed;
}
/** Takes a conversion back; a refusal says why. */
export async function undoConversion(
  id: number,
  refresh: ReturnType<typeof useRefresh>,
  object: ObjectShape,
  record: RecordAnswer,
) {
  try {
    await http.post(`/api/conversions/${id}/undo`);
    await refresh(object.name, record.id);
  } catch (error) {
    toastProblem(error);
  }
}
