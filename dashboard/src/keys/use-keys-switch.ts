import { useState } from 'react';

const storageKey = 'rehearse.keys';

/** Whether single-letter keys are on; kept in this browser. */
export function useKeysSwitch(): [boolean, (enabled: boolean) => void] {
  const [enabled, setEnabled] = useState(readSwitch);
  const change = (next: boolean) => {
    setEnabled(next);
    try {
      localStorage.setItem(storageKey, next ? 'on' : 'off');
    } catch {
      // Storage is switched off: the choice holds for this page.
    }
  };
  return [enabled, change];
}

function readSwitch(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}
