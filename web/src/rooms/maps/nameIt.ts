/** The name of a new step is ready to be typed as soon as its form is there; what is typed meanwhile is not lost. */
const PAUSE = 50;
const TRIES = 60;

export function nameIt(id: string, anew = true) {
  const early = typedEarly();
  const look = (tries: number) => {
    const name = document.querySelector<HTMLInputElement>(`#step-label[data-step="${CSS.escape(id)}"]`);
    if (!name && tries > 0) return void setTimeout(() => look(tries - 1), PAUSE);
    const typed = early.end();
    if (!name) return;
    name.focus();
    if (typed) write(name, (anew ? '' : name.value) + typed);
    name.setSelectionRange(anew && !typed ? 0 : name.value.length, name.value.length);
  };
  requestAnimationFrame(() => look(TRIES));
}
/** Holds back the letters that are typed where nothing takes them. */
function typedEarly() {
  let typed = '';
  const hold = (event: KeyboardEvent) => {
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || (event.target instanceof HTMLElement && event.target.matches('input, textarea, select'))) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('keydown', hold, true);
  return {
    end: () => {
      window.removeEventListener('keydown', hold, true);
      return typed;
    },
  };
}
/** Writes as a person does: React hears it. */
function write(field: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
