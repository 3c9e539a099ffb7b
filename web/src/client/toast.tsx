import { asProblem } from './problem';

/** The notifications are loaded with the first one that is shown. */
const show = async (data: { color: string; title?: string; message: string; autoClose?: number }) =>
  (await import('@mantine/notifications')).notifications.show(data);

/** Says a refusal in the server's own sentence. */
export function toastProblem(error: unknown) {
  const problem = asProblem(error);
  const title = problem.problems.length ? { title: problem.message } : {};
  void show({ color: 'red', ...title, message: problem.sentences.join(' '), autoClose: 8000 });
}
export const toast = (message: string) => void show({ message, color: 'lapis' });
