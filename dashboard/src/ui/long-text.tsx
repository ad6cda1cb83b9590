import { useState } from 'react';
import { shownText } from './shown-text.ts';

const shownCharacters = 8000;

/** Text that others wrote, shown as text and never as markup; the rest of a long one on demand. */
export function LongText({ text, mono = false }: { text: string; mono?: boolean }) {
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > shownCharacters;
  return (
    <>
      <pre className={mono ? 'text' : 'text words'}>
        {shownText(cut ? text.slice(0, shownCharacters) : text)}
      </pre>
      {cut && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {Math.ceil(text.length / 1000).toLocaleString('en-US')} kB
        </button>
      )}
    </>
  );
}
