/** What the sheet before a meeting is made of, as it travels. */
import { useQuery } from '@tanstack/react-query';
import { http } from '@/client/http';
import type { Activity, Position, RecordAnswer, Related } from '@/client/records';
import type { Words } from '@/client/schema';

export interface Other {
  object: string;
  id: number;
  title: string | null;
}
export interface Met extends Other {
  job_title?: string | null;
  role?: string | null;
  phone?: string | null;
  mobile?: string | null;
  email?: string | null;
  expected: boolean;
  main: boolean;
  last_at: string | null;
}
export interface Promise_ {
  label: string;
  say: string;
  state: string;
  due_at: string | null;
  kept: boolean | null;
  about: Other | null;
}
export interface Noted {
  at: string;
  label: string;
  by: string | null;
  about: Other | null;
}
export interface Sheet {
  record: RecordAnswer;
  account: Other | null;
  meeting: Activity | null;
  people: Met[];
  more_people: boolean;
  said: Activity[];
  words: { field: string; label: Words; text: string }[];
  noted: Noted[];
  open: Omit<Related, 'relation' | 'field'>[];
  promises: Promise_[];
  position: Position | null;
  irritants: { label: string; who: string; severity: number }[];
  next: Activity[];
}
export const useSheet = (object: string, id: string, meeting: number | undefined) =>
  useQuery({
    queryKey: ['record', object, id, 'before', meeting],
    queryFn: () =>
      http.get<Sheet>(`/api/records/${object}/${id}/before`, meeting === undefined ? {} : { meeting_id: meeting }),
  });
