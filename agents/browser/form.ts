import { clean } from './page/control.ts';
import type { Visit } from './tab.ts';

/** What a browser sends of a form, with the button that was pressed; `null` outside of forms. */
export function submission(element: Element, base: URL): Visit | null {
  const form = element.closest('form');
  const url = form && URL.parse(form.getAttribute('action') ?? '', base);
  if (!form || !url) return null;
  const fields = new URLSearchParams();
  for (const field of form.querySelectorAll('input, select, textarea')) {
    const name = field.getAttribute('name');
    const value = sentValue(field);
    if (name !== null && value !== null && !field.hasAttribute('disabled')) fields.append(name, value);
  }
  const button =
    element.localName === 'button' || element.localName === 'input' ? element.getAttribute('name') : null;
  if (button && isButton(element)) fields.append(button, element.getAttribute('value') ?? '');
  if ((form.getAttribute('method') ?? 'get').toLowerCase() === 'post') return { url, form: fields };
  url.search = fields.toString();
  return { url, form: null };
}

function isButton(element: Element): boolean {
  return element.localName === 'button' || ['submit', 'image'].includes(element.getAttribute('type') ?? '');
}

/** `null`: the field sends nothing. */
function sentValue(field: Element): string | null {
  switch (field.localName) {
    case 'textarea':
      return field.textContent ?? '';
    case 'select': {
      const options = [...field.querySelectorAll('option')];
      const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
      return chosen ? (chosen.getAttribute('value') ?? clean(chosen.textContent)) : null;
    }
    default: {
      const type = (field.getAttribute('type') ?? 'text').toLowerCase();
      if (['submit', 'button', 'image', 'reset', 'file'].includes(type)) return null;
      const value = field.getAttribute('value');
      if (type === 'checkbox' || type === 'radio')
        return field.hasAttribute('checked') ? (value ?? 'on') : null;
      return value ?? '';
    }
  }
}

export function type(field: Element, text: string): void {
  if (field.localName === 'textarea') field.textContent = text;
  else field.setAttribute('value', text);
}

/** Turns a box on or off; of radio buttons of one name only one is on. */
export function toggle(field: Element): void {
  if (field.getAttribute('type') === 'radio') {
    const name = field.getAttribute('name');
    for (const other of field.closest('form')?.querySelectorAll('input[type=radio]') ?? [])
      if (other.getAttribute('name') === name) other.removeAttribute('checked');
    field.setAttribute('checked', '');
  } else if (field.hasAttribute('checked')) field.removeAttribute('checked');
  else field.setAttribute('checked', '');
}

/** Chooses an option by its words or its value; `null` where there is none, else its words. */
export function choose(field: Element, wanted: string): string | null {
  const options = [...field.querySelectorAll('option')];
  const folded = clean(wanted).toLowerCase();
  const names = (option: Element) => [
    clean(option.textContent).toLowerCase(),
    option.getAttribute('value')?.toLowerCase(),
  ];
  const exact = options.find((option) => names(option).includes(folded));
  const found = exact ?? options.find((option) => clean(option.textContent).toLowerCase().includes(folded));
  if (!found) return null;
  for (const option of options) option.removeAttribute('selected');
  found.setAttribute('selected', '');
  return clean(found.textContent);
}
