import { afterEach, expect, test, vi } from 'vitest';
import { nameIt } from './nameIt';

afterEach(() => document.body.replaceChildren());
vi.stubGlobal('CSS', { escape: (text: string) => text });

const press = (key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
};
function form(value: string): HTMLInputElement {
  const field = document.createElement('input');
  field.id = 'step-label';
  field.dataset.step = 's1';
  field.value = value;
  document.body.append(field);
  return field;
}
test('what is typed before the form of a new step is there becomes its name', async () => {
  const heard = vi.fn();
  nameIt('s1');
  for (const key of 'Re') expect(press(key).defaultPrevented).toBe(true);
  const field = form('Nouvelle étape');
  field.addEventListener('input', heard);
  await vi.waitFor(() => expect(field).toHaveFocus());
  expect(field).toHaveValue('Re');
  expect(heard).toHaveBeenCalledOnce();
  expect([field.selectionStart, field.selectionEnd]).toEqual([2, 2]);
  expect(press('f').defaultPrevented).toBe(false);
});
test('without a letter the name that was given is selected, to be typed over', async () => {
  nameIt('s1');
  const field = form('Nouvelle étape');
  await vi.waitFor(() => expect(field).toHaveFocus());
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 14]);
  nameIt('s1', false);
  await vi.waitFor(() => expect(field.selectionStart).toBe(14));
});
