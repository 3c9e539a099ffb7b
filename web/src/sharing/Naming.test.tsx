import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Session, SessionContext } from '@/client/session';
import { type Named, Naming } from './Naming';

const ROLES = [
  { uid: 'sales', label: { fr: 'Commercial' } },
  { uid: 'admin', label: { fr: 'Administrateur' } },
];
afterEach(cleanup);
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
function draw(onDone: (named: Named) => Promise<void>, known?: Named) {
  const queries = new QueryClient();
  queries.setQueryData(['schema'], { version: 1, objects: [], pipelines: [], roles: ROLES });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <SessionContext value={{ roles: ['sales'] } as unknown as Session}>
          <Naming title="Enregistrer" label="Nom de la vue" known={known} onClose={() => undefined} onDone={onDone} />
        </SessionContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
const keep = () => fireEvent.click(screen.getByRole('button', { name: 'Enregistrer' }));

test('what is kept has a name, and is for oneself until one says otherwise', async () => {
  const done = vi.fn().mockResolvedValue(undefined);
  draw(done);
  expect(screen.getByRole('button', { name: 'Enregistrer' })).toBeDisabled();
  fireEvent.change(screen.getByLabelText(/Nom de la vue/), { target: { value: 'PME à signer' } });
  keep();
  await waitFor(() => expect(done).toHaveBeenCalledExactlyOnceWith({ name: 'PME à signer', shared: 'me', role: '' }));
});
test('one shares with one’s own roles only', () => {
  draw(() => Promise.resolve());
  const offered = [...screen.getByLabelText<HTMLSelectElement>('Pour qui').options].map((each) => each.text);
  expect(offered).toEqual(['Moi seulement', 'Mon équipe', 'Tous les « Commercial »']);
});
test('what is renamed begins with what is known of it', async () => {
  const done = vi.fn().mockResolvedValue(undefined);
  draw(done, { name: 'Les plus longs', shared: 'role', role: 'sales' });
  keep();
  await waitFor(() =>
    expect(done).toHaveBeenCalledExactlyOnceWith({ name: 'Les plus longs', shared: 'role', role: 'sales' }),
  );
});
