import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '../../../domain/format.ts';
import type { Command } from '../keys/keymap.ts';
import type { Entry } from './entries.ts';
import { useEntries } from './use-entries.ts';

type PaletteProps = { open: boolean; onClose: () => void; run: Record<Command, () => void> };

/** Goes to any page, run, agent, scenario, trace or trial, and does what the keys do. */
export function Palette({ open, onClose, run }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="palette" aria-label="Go anywhere" onClose={onClose}>
      {open && <Choice run={run} onClose={onClose} />}
    </dialog>
  );
}

const mostShown = 12;

/** A combobox of the ARIA practices: the field keeps the focus, the arrows move what is chosen. */
function Choice({ run, onClose }: Omit<PaletteProps, 'open'>) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const entries = useEntries(text, run);
  const shown = entries.slice(0, mostShown);
  const at = Math.min(chosen, shown.length - 1);
  const act = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + shown.length,
    };
    const next = moves[event.key];
    if (event.key === 'Enter') act(shown[at]);
    else if (next !== undefined) setChosen(shown.length === 0 ? 0 : next % shown.length);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={shown[at] ? `${list}-${at}` : undefined}
        aria-label="Go to"
        placeholder="a page, run, agent, scenario or view; the id of a trace or trial"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={list} aria-label="What there is">
        {shown.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys, as a combobox does.
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus.
          <div
            key={entry.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-entry"
            onClick={() => act(entry)}
          >
            <bdi className="palette-label">{entry.label}</bdi>
            <bdi className="muted palette-detail">{entry.detail}</bdi>
            <span className="muted">{entry.kind}</span>
          </div>
        ))}
      </div>
      <p className="muted" role="status">
        {shown.length === 0
          ? 'Nothing has such a name.'
          : entries.length > shown.length && `${shown.length} of ${formatCount(entries.length)}: type on`}
      </p>
    </>
  );
}
