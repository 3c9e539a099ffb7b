import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  RouterProvider,
} from '@tanstack/react-router';
import { render, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Shell } from './Shell';

afterEach(() => vi.unstubAllGlobals());

test('a stranger is sent once to the sign-in, however long it takes to load', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"code":"base.not_signed_in"}', { status: 401 })));
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal('scrollTo', () => undefined);
  const root = createRootRoute();
  const slow = lazyRouteComponent(() => new Promise<{ default: () => null }>(() => undefined));
  const tree = root.addChildren([
    createRoute({ getParentRoute: () => root, path: '/connexion', component: slow }),
    createRoute({ getParentRoute: () => root, path: '/cartes', component: Shell }),
  ]);
  const history = createMemoryHistory({ initialEntries: ['/cartes?vue=ensemble'] });
  const router = createRouter({ routeTree: tree, history });
  const moves = vi.fn();
  history.subscribe(({ action }) => action.type === 'REPLACE' && moves());
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => expect(history.location.pathname).toBe('/connexion'));
  await new Promise((settled) => setTimeout(settled, 50));
  expect(history.location.href).toBe('/connexion?suite=%2Fcartes%3Fvue%3Densemble');
  expect(moves.mock.calls.length).toBeLessThan(3);
});
