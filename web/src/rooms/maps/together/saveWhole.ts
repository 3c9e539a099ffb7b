/** Saves a map whole, over HTTP, with the version it started from. */
import { http } from '@/client/http';
import type { Drawing } from './document';

export const saveWhole = async (id: string, version: number, drawing: Drawing): Promise<number> =>
  (await http.put<{ version: number }>(`/api/maps/${id}`, { version, ...drawing })).version;
