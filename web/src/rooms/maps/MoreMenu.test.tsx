import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MapAnswer } from '@/client/maps';
import MoreMenu from './MoreMenu';
import type { Editor } from './useEditor';

afterEach(cleanup);
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal('scrollTo', () => undefined);
});
async function open(conformance: number | null, onDeviations: () => void) {
  const answer = { id: 'm', may: { update: false }, map: { uid: 'vente', kind: 'process' } } as unknown as MapAnswer;
  const nothing = () => undefined;
  const root = createRootRoute({
    component: () => (
      <MoreMenu
        answer={answer}
        editor={{} as Editor}
        seen={{ graph: { nodes: [], edges: [], lanes: [] } as never, placed: new Map(), reading: 'plain' }}
        conformance={conformance}
        onSketch={nothing}
        onWorkshop={nothing}
        onKeys={nothing}
        onDeviations={onDeviations}
        onLearnt={null}
      />
    ),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.click(await screen.findByRole('button', { name: 'Plus d’actions' }));
  await screen.findByRole('menuitem', { name: /Versions/ });
}

test('the menu opens the deviations where the bar has no room for the figure', async () => {
  const deviations = vi.fn();
  await open(0.62, deviations);
  const item = screen.getByRole('menuitem', { name: /Voir les écarts à la carte/ });
  expect(item).toHaveTextContent('62');
  fireEvent.click(item);
  expect(deviations).toHaveBeenCalledOnce();
});
test('a map that is not measured has no deviation to show', async () => {
  await open(null, vi.fn());
  expect(screen.queryByRole('menuitem', { name: /Voir les écarts/ })).toBeNull();
});
