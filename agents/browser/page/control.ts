/** What an element lets a reader do. */
export type Control =
  | { kind: 'link'; label: string; href: string }
  | { kind: 'button'; label: string }
  | { kind: 'text'; label: string; value: string }
  | { kind: 'select'; label: string; value: string; options: string[] }
  | { kind: 'check' | 'radio'; label: string; on: boolean };

const BUTTON_TYPES = ['submit', 'button', 'image', 'reset'];
/** Nothing that an agent should fill in, or nothing that it can. */
const UNUSABLE_TYPES = ['hidden', 'file'];

/** What can be done with an element; `null` where nothing can. */
export function controlOf(element: Element): Control | null {
  if (element.hasAttribute('disabled')) return null;
  switch (element.localName) {
    case 'a': {
      const href = element.getAttribute('href');
      return href === null ? null : { kind: 'link', label: labelOf(element), href };
    }
    case 'button':
      return { kind: 'button', label: labelOf(element) };
    case 'input':
      return inputOf(element);
    case 'textarea':
      return { kind: 'text', label: fieldLabel(element), value: element.textContent ?? '' };
    case 'select': {
      const options = [...element.querySelectorAll('option')];
      const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
      return {
        kind: 'select',
        label: fieldLabel(element),
        value: clean(chosen?.textContent),
        options: options.map((option) => clean(option.textContent)),
      };
    }
    default:
      return element.getAttribute('role') === 'button' ? { kind: 'button', label: labelOf(element) } : null;
  }
}

function inputOf(element: Element): Control | null {
  const type = (element.getAttribute('type') ?? 'text').toLowerCase();
  if (UNUSABLE_TYPES.includes(type)) return null;
  if (BUTTON_TYPES.includes(type))
    return { kind: 'button', label: clean(element.getAttribute('value')) || labelOf(element) };
  if (type === 'checkbox' || type === 'radio') {
    const on = element.hasAttribute('checked');
    return { kind: type === 'radio' ? 'radio' : 'check', label: fieldLabel(element), on };
  }
  return { kind: 'text', label: fieldLabel(element), value: element.getAttribute('value') ?? '' };
}

/** The words of an element, or those that stand for its picture. */
function labelOf(element: Element): string {
  const picture = element.querySelector('img[alt]')?.getAttribute('alt');
  return (
    clean(element.getAttribute('aria-label')) ||
    clean(element.textContent) ||
    clean(picture) ||
    clean(element.getAttribute('title'))
  );
}

/** What a field asks for: its label, else what stands in it while it is empty, else its name. */
function fieldLabel(field: Element): string {
  const label = labelElementOf(field);
  return (
    clean(field.getAttribute('aria-label')) ||
    (label ? clean(textWithoutFields(label)) : '') ||
    clean(field.getAttribute('placeholder')) ||
    clean(field.getAttribute('name'))
  );
}

/** The `<label>` of a field: around it, or by its id. */
export function labelElementOf(field: Element): Element | null {
  const around = field.closest('label');
  if (around) return around;
  const { id } = field;
  if (id === '') return null;
  const labels = [...field.ownerDocument.querySelectorAll('label[for]')];
  return labels.find((label) => label.getAttribute('for') === id) ?? null;
}

function textWithoutFields(label: Element): string {
  const copy = label.cloneNode(true) as Element;
  for (const field of copy.querySelectorAll('input, select, textarea')) field.remove();
  return copy.textContent ?? '';
}

export function clean(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
