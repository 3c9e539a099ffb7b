import { notifications } from '@mantine/notifications';
import { asProblem } from './problem';

/** Says a refusal in the server's own sentence. */
export function toastProblem(error: unknown) {
  const problem = asProblem(error);
  notifications.show({
    color: 'red',
    title: problem.problems.length ? problem.message : undefined,
    message: problem.sentences.join(' '),
    autoClose: 8000,
  });
}
export const toast = (message: string) => notifications.show({ message, color: 'lapis' });
