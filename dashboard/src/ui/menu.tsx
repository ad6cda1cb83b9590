import { type ReactNode, useRef } from 'react';

/** What opens below its button and closes with Escape or a press elsewhere: the browser's own popover. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <span className="menu">
      <button type="button" aria-haspopup="true" onClick={() => panel.current?.togglePopover()}>
        {label}
      </button>
      <div ref={panel} popover="auto" className="menu-panel">
        {children}
      </div>
    </span>
  );
}
