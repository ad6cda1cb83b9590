import { useSyncExternalStore } from 'react';

const fineHeight = 26;
const coarseHeight = 44;
const query = '(pointer: coarse)';

/** The height of every row in pixels: `--row` of the tokens. */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, () => (matchMedia(query).matches ? coarseHeight : fineHeight));
}

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}
