import { useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { toggleTheme } from '../theme.ts';
import { type Command, press } from './keymap.ts';
import { focusFilter, leave, markRow, moveRow } from './page-moves.ts';

/**
 * Listens for the keys of every page while `enabled`, and tells what each command does. `showHelp` opens the list of keys.
 */
export function useCommands({ enabled, showHelp }: { enabled: boolean; showHelp: () => void }) {
  const [, navigate] = useLocation();
  const pending = useRef<readonly string[]>([]);
  const run = useMemo(
    (): Record<Command, () => void> => ({
      help: showHelp,
      'go-runs': () => navigate('/'),
      'go-traces': () => navigate('/traces'),
      'go-live': () => navigate('/live'),
      'go-metrics': () => navigate('/metrics'),
      'go-sql': () => navigate('/sql'),
      'go-compare': () => navigate('/compare'),
      'go-alerts': () => navigate('/alerts'),
      'go-audit': () => navigate('/audit'),
      'next-row': () => moveRow(1),
      'previous-row': () => moveRow(-1),
      mark: markRow,
      'focus-filter': focusFilter,
      back: leave,
      // A browser that does not allow it leaves the address bar.
      'copy-link': () => void navigator.clipboard?.writeText(location.href).catch(() => {}),
      theme: toggleTheme,
    }),
    [showHelp, navigate],
  );

  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const { command, pending: rest } = press(pending.current, event.key);
      pending.current = rest;
      if (!command) return;
      event.preventDefault();
      run[command]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled, run]);
  return run;
}

/** Inside a field keys are text; Escape leaves the field. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null;
}
