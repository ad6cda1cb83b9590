import { useEffect, useState } from 'react';

/** That a query runs, and for how long; the store ends it when it is cancelled. */
export function Running({ onCancel }: { onCancel: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="sql-status">
      <span role="status">Running</span>
      <span className="muted">{seconds > 0 && `${seconds} s of at most 60`}</span>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </p>
  );
}
