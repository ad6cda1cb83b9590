import { Link, useLocation } from 'wouter';
import { toggleTheme } from '../theme.ts';
import { Icon } from './icon.tsx';

/** Product, the two destinations, and where pages put their breadcrumb (`#crumbs`). */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const [path] = useLocation();
  const inTraces = path.startsWith('/traces');
  return (
    <header className="top-bar">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <span className="product">Rehearse</span>
      <nav aria-label="Main">
        <Link href="/" aria-current={inTraces ? undefined : 'true'}>
          Runs
        </Link>
        <Link href="/traces" aria-current={inTraces ? 'true' : undefined}>
          Traces
        </Link>
      </nav>
      <div className="top-bar-end">
        <button type="button" className="quiet" onClick={onHelp}>
          <kbd>?</kbd> <span className="word">Keys</span>
        </button>
        <button type="button" className="quiet" onClick={toggleTheme} title="Light or dark (T)">
          <Icon name="sun" /> <span className="word">Theme</span>
        </button>
      </div>
    </header>
  );
}
