import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '@/client/problem';
import '@/i18n';
import { Await } from './states';

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
const draw = (query: { data?: string; error?: unknown; isPending: boolean }) =>
  render(
    <MantineProvider>
      <Await query={{ data: undefined, error: null, refetch: () => undefined, ...query }}>
        {(data) => <p>{data}</p>}
      </Await>
    </MantineProvider>,
  );

test('a screen that loads says so', () => {
  draw({ isPending: true });
  expect(screen.getByRole('status')).toHaveAccessibleName('Chargement…');
});
test('a refusal is said in the sentence of the server', () => {
  draw({ isPending: false, error: new Problem(403, { title: 'Vous ne pouvez pas lire cette carte.' }) });
  expect(screen.getByRole('alert')).toHaveTextContent('Vous ne pouvez pas lire cette carte.');
});
test.each([403, 404])('what one may not see, or is not there, is not asked again (%i)', (status) => {
  draw({ isPending: false, error: new Problem(status, { title: 'Non.' }) });
  expect(screen.queryByRole('button', { name: 'Réessayer' })).not.toBeInTheDocument();
});
test('what did not load is asked again', () => {
  draw({ isPending: false, error: new Problem(500, {}) });
  expect(screen.getByRole('button', { name: 'Réessayer' })).toBeInTheDocument();
});
test('an answer is shown even while it is refreshed', () => {
  draw({ isPending: false, data: 'Bonjour' });
  expect(screen.getByText('Bonjour')).toBeInTheDocument();
});
