/** People in a text: `@[12]` on the wire, `@Claire Lambert` on the screen. */
export interface Named {
  id: number;
  name: string;
}
export type Part = string | Named;
const TOKEN = /@\[(\d+)\]/g;

/** The text as it is shown, cut at the people it mentions. */
export function partsOf(body: string, people: Named[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of body.matchAll(TOKEN)) {
    const person = people.find((each) => each.id === Number(found[1]));
    if (!person) continue;
    if (found.index > from) parts.push(body.slice(from, found.index));
    parts.push(person);
    from = found.index + found[0].length;
  }
  if (from < body.length) parts.push(body.slice(from));
  return parts;
}
/** The text as it is sent: the people picked, by their ids; the longest name first, one may begin another. */
export const tokens = (text: string, picked: Named[]): string =>
  [...picked]
    .sort((one, two) => two.name.length - one.name.length)
    .reduce((known, each) => known.replaceAll(`@${each.name}`, `@[${each.id}]`), text);

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
/** What is being typed after an @ before the caret, or null. */
export function askedAt(text: string, caret: number): string | null {
  const found = /(?:^|\s)@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(text.slice(0, caret));
  return found ? found[1]! : null;
}
export const matching = <P extends Named>(people: P[], asked: string, most = 6): P[] =>
  people
    .filter(({ name }) =>
      fold(name)
        .split(' ')
        .some((_, at, words) => words.slice(at).join(' ').startsWith(fold(asked))),
    )
    .slice(0, most);
