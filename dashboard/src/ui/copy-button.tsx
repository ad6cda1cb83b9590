import { useEffect, useState } from 'react';

const shownMillis = 1500;

/** The address of the page as it is: all that it shows is in it. */
export function CopyLink() {
  return <CopyButton text={() => location.href} label="Copy link" />;
}

type CopyButtonProps = {
  /** Or what gives it when the button is pressed. */
  text: string | (() => string);
  label?: string;
};

/** Puts `text` on the clipboard and says so. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), shownMillis);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setSaid('Copied');
    } catch {
      setSaid('Not allowed by the browser');
    }
  };
  return (
    <button type="button" className="copy" onClick={() => void copy()}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}
