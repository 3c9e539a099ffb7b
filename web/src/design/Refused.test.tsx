import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '@/client/problem';
import { Refused } from './Refused';

afterEach(cleanup);
beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
const draw = (refused: React.ReactNode) => render(<MantineProvider>{refused}</MantineProvider>);

test('a refusal is read out, each reason of the server in its sentence', () => {
  const problems = ['Il manque le nom.', 'Il manque la date.'].map((detail) => ({ where: 'x', code: 'y', detail }));
  draw(<Refused error={new Problem(422, { title: 'Refusé.', problems })} />);
  expect(screen.getByRole('alert')).toHaveTextContent('Il manque le nom. Il manque la date.');
});
test('what the screen itself has to say stands under its title', () => {
  draw(<Refused title="Le plan n’est pas appliqué.">Un champ manque.</Refused>);
  expect(screen.getByRole('alert')).toHaveTextContent('Le plan n’est pas appliqué.Un champ manque.');
});
test('nothing is drawn while nothing is refused', () => {
  draw(
    <>
      <Refused error={null} />
      <Refused title="Titre">{''}</Refused>
    </>,
  );
  expect(screen.queryByRole('alert')).toBeNull();
});
