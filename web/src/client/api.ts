/** The server's own contract, typed: paths, bodies and answers come from its OpenAPI document. */
import createClient from 'openapi-fetch';
import type { components, paths } from './generated';
import { cookie, refusal } from './http';

export const api = createClient<paths>({
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
});
api.use({
  onRequest({ request }) {
    request.headers.set('Accept', 'application/json');
    request.headers.set('X-CSRFToken', cookie('csrftoken'));
  },
  async onResponse({ response }) {
    if (!response.ok) throw await refusal(response);
  },
});
/** The body of an answer; a refusal was thrown as a `Problem` before. */
export const answer = async <T>(call: Promise<{ data?: T }>): Promise<T> => (await call).data as T;

/** A shape of the contract by its name. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];
