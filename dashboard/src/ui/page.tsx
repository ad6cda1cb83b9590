import { Fragment, type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { shownLabel } from './shown-text.ts';

type PageProps = {
  /** Of the browser's tab: names the thing and its verdict. */
  title: string;
  /** The levels above, outermost first; the last is where Escape leads. */
  crumbs?: readonly { label: string; href: string }[];
  /** What the page is about, after the breadcrumb. */
  heading: ReactNode;
  /** At the end of the heading's line: the page's main action. */
  actions?: ReactNode;
  /** The page scrolls inside its own parts instead of as a whole. */
  fixed?: boolean;
  children: ReactNode;
};

/** The frame of every page: its title, the way up, a heading and one scrolling region. */
export function Page({ title, crumbs = [], heading, actions, fixed = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${shownLabel(title)} · Rehearse`;
  }, [title]);
  return (
    <main id="content" className={fixed ? 'fixed' : undefined} tabIndex={-1}>
      <div className="page-head">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb">
            {crumbs.map(({ label, href }) => (
              <Fragment key={href}>
                <Link href={href}>{label}</Link>
                <span aria-hidden="true">/</span>
              </Fragment>
            ))}
          </nav>
        )}
        <h1>{heading}</h1>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
}
