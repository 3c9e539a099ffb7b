import { useQuery } from '@tanstack/react-query';
import { http } from './http';

export interface Person {
  id: number;
  name: string;
  email: string;
  initials: string;
  hue: number;
  roles: string[];
}
export const usePeople = () =>
  useQuery({ queryKey: ['people'], staleTime: 300_000, queryFn: () => http.get<Person[]>('/api/people') });
