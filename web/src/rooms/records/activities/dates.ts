/** Days as people pick them: tomorrow, in three days, on Monday. Pure. */
const MORNING = 9;
/** A moment so many days from now, in the morning, here. */
export function inDays(days: number, now: Date = new Date()): Date {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at;
}
export const nextMonday = (now: Date = new Date()): Date => inDays(8 - (now.getDay() || 7), now);
const two = (number: number) => String(number).padStart(2, '0');
/** The day of a moment as it is here, as the server writes days. */
export const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
/** The morning of a day written so. */
export const morningOf = (day: string): Date => new Date(`${day}T0${MORNING}:00`);
export type When = 'late' | 'today' | 'later' | 'open';
/** Where a due moment stands against today; `open` when there is none. */
export function standing(due: string | null | undefined, now: Date = new Date()): When {
  if (!due) return 'open';
  const [day, today] = [dayOf(new Date(due)), dayOf(now)];
  return day < today ? 'late' : day === today ? 'today' : 'later';
}
export const CHOICES = [
  ['today', (now?: Date) => inDays(0, now)],
  ['tomorrow', (now?: Date) => inDays(1, now)],
  ['threeDays', (now?: Date) => inDays(3, now)],
  ['monday', nextMonday],
] as const;
