import { useEffect, useRef } from 'react';
import { COMMANDS, PALETTE_KEYS, WATERFALL_KEYS } from './keymap.ts';

type KeyHelpProps = {
  open: boolean;
  onClose: () => void;
  enabled: boolean;
  onEnable: (enabled: boolean) => void;
};

/** The list of keys, and the switch that turns the single-letter ones off (WCAG 2.1.4). */
export function KeyHelp({ open, onClose, enabled, onEnable }: KeyHelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <h1 id="keys-title">Keys</h1>
      <div className="key-lists">
        <div>
          <KeyList title="Everywhere" keys={COMMANDS} between=" then " />
          <KeyList title="Also inside fields" keys={PALETTE_KEYS} between=" + " />
        </div>
        <KeyList title="In the waterfall" keys={WATERFALL_KEYS} between=" " />
      </div>
      <p className="key-foot">
        <label>
          <input type="checkbox" checked={enabled} onChange={(event) => onEnable(event.target.checked)} />{' '}
          Keys are on
        </label>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </dialog>
  );
}

type KeyListProps = {
  title: string;
  keys: readonly { keys: readonly string[]; label: string }[];
  between: string;
};

function KeyList({ title, keys, between }: KeyListProps) {
  return (
    <section>
      <h2>{title}</h2>
      <dl className="keys">
        {keys.map((entry) => (
          <div key={entry.label}>
            <dt>
              {entry.keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="muted">{between}</span>}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{entry.label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
