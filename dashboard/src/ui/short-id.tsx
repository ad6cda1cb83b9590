import { CopyButton } from './copy-button.tsx';

/** An id shortened in the middle, whole on the clipboard. */
export function ShortId({ id, label }: { id: string; label: string }) {
  return (
    <span className="short-id">
      <code title={id}>{shorten(id)}</code>
      <CopyButton text={id} label={`Copy ${label}`} />
    </span>
  );
}

/** `4bf92f…4736`; short ids as they are. */
function shorten(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`;
}
