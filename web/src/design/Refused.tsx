/** Why what was asked for is refused, read out as soon as it shows: in the sentences of the server or in the screen's. */
import { Alert, type AlertProps } from '@mantine/core';
import { asProblem } from '@/client/problem';

interface Props extends Omit<AlertProps, 'color' | 'variant'> {
  /** What the server answered; nothing is drawn without an answer nor a sentence. */
  error?: unknown;
}
export function Refused({ error, children, ...rest }: Props) {
  const said = error ? asProblem(error).sentences.join(' ') : children;
  if (!said) return null;
  return (
    <Alert color="red" variant="light" role="alert" {...rest}>
      {said}
    </Alert>
  );
}
