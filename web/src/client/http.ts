/** Talking to the server by hand, where the contract has no shape yet: JSON, session cookie, CSRF token, refusals as `Problem`. */
import { Problem } from './problem';

export const cookie = (name: string) =>
  document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

export async function refusal(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return new Problem(response.status, JSON.parse(text));
  } catch {
    return new Problem(response.status, {});
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
export function url(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value != null && value !== '') search.set(key, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-CSRFToken': cookie('csrftoken') };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  const response = await fetch(path, init);
  if (!response.ok) throw await refusal(response);
  const text = response.status === 204 ? '' : await response.text();
  return (text ? JSON.parse(text) : null) as T;
}
export const http = {
  get: <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
    send<T>('GET', url(path, query), undefined, signal),
  post: <T>(path: string, body: unknown = {}) => send<T>('POST', path, body),
  put: <T>(path: string, body: unknown) => send<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => send<T>('PATCH', path, body),
  delete: <T>(path: string) => send<T>('DELETE', path),
};

/** Sends a file with its progress; the returned function cancels. */
export function upload<T>(
  path: string,
  file: File,
  onProgress: (share: number) => void,
  fields: Record<string, string> = {},
): [Promise<T>, () => void] {
  const request = new XMLHttpRequest();
  const answer = new Promise<T>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      let body: unknown = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = {};
      }
      if (request.status < 300) resolve(body as T);
      else reject(new Problem(request.status, body as object));
    };
    request.onerror = () => reject(new Problem(0, { code: 'http.unreachable' }));
    request.onabort = () => reject(new Problem(0, { code: 'http.cancelled' }));
  });
  const form = new FormData();
  form.append('file', file);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  request.open('POST', path);
  request.setRequestHeader('X-CSRFToken', cookie('csrftoken'));
  request.send(form);
  return [answer, () => request.abort()];
}
