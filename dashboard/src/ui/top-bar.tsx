import { Link, useLocation } from 'wouter';
import { Account } from '../session/account.tsx';
import { toggleTheme } from '../theme.ts';
import { Icon } from './icon.tsx';

/** Product, the destinations, and where pages put their breadcrumb (`#crumbs`). */
export function TopBar({ onHelp, onPalette }: { onHelp: () => void; onPalette: () => void }) {
  const [path] = useLocation();
  const place = destinationOf(path);
  return (
    <header className="top-bar">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <span className="product">Rehearse</span>
      <nav aria-label="Main">
        <Link href="/" aria-current={place === 'runs' ? 'true' : undefined}>
          Runs
        </Link>
        <Link href="/traces" aria-current={place === 'traces' ? 'true' : undefined}>
          Traces
        </Link>
        <Link href="/live" aria-current={place === 'live' ? 'true' : undefined}>
          Live
        </Link>
        <Link href="/metrics" aria-current={place === 'metrics' ? 'true' : undefined}>
          Metrics
        </Link>
        <Link href="/sql" aria-current={place === 'sql' ? 'true' : undefined}>
          SQL
        </Link>
      </nav>
      <Account />
      <div className="top-bar-end">
        <button type="button" className="quiet" onClick={onPalette} title="Go anywhere (Ctrl+K)">
          <Icon name="magnifier" /> <span className="word">Go to</span>
        </button>
        <button type="button" className="quiet keys" onClick={onHelp}>
          <kbd>?</kbd> <span className="word">Keys</span>
        </button>
        <button type="button" className="quiet" onClick={toggleTheme} title="Light or dark (T)">
          <Icon name="sun" /> <span className="word">Theme</span>
        </button>
      </div>
    </header>
  );
}

const DESTINATIONS = ['traces', 'live', 'metrics', 'sql'] as const;

function destinationOf(path: string): (typeof DESTINATIONS)[number] | 'runs' | null {
  if (path.startsWith('/audit')) return null;
  if (path.startsWith('/alerts')) return 'live';
  return DESTINATIONS.find((name) => path.startsWith(`/${name}`)) ?? 'runs';
}
