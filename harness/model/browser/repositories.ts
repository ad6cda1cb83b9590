import type { ChatMove } from '../simulated-model.ts';
import { controlsOf, find, furtherOn, isSearchFor, type PageView, wordsOf } from './page-view.ts';
import { click, fillIn, open, type Situation, search, tell } from './situation.ts';
import type { Task } from './task.ts';

/** The page of a repository, found by the site's own search; `null` when it is open. */
function wayTo(repo: string, situation: Situation, page: PageView): ChatMove | null {
  if (page.path === `/${repo}` || page.path.startsWith(`/${repo}/`)) {
    return page.status === 404 ? tell(`There is no repository ${repo}, so I did nothing.`) : null;
  }
  if (!isSearchFor(page, repo)) return search(situation, find(page, 'text', /^Search repositories/), repo);
  const link = controlsOf(page).find(({ kind, label }) => kind === 'link' && label.split(' ')[0] === repo);
  if (link) return click(link);
  const further = furtherOn(page);
  return further ? { calls: [further] } : tell(`I found no repository ${repo}, so I did nothing.`);
}

/** Stars or forks a repository. */
export function mark(
  task: Extract<Task, { kind: 'star' | 'fork' }>,
  situation: Situation,
  page: PageView,
): ChatMove {
  const { repo, kind } = task;
  if (page.status >= 500) return open(`forge/${repo}`);
  const way = wayTo(repo, situation, page);
  if (way) return way;
  const done =
    kind === 'star' ? find(page, 'button', /^Unstar\b/) : /Forked into your account/.test(wordsOf(page));
  // A button of its page leads back to it; a link of a list came from elsewhere.
  const pages = situation.made.filter(({ result }) => result.startsWith('PAGE '));
  const isThere = (place: number) => pages[place]?.result.startsWith(`PAGE forge/${repo} `) === true;
  const acted = pages.some(({ tool }, place) => tool === 'click' && isThere(place) && isThere(place - 1));
  if (done)
    return tell(
      acted ? `Done: ${repo} has your ${kind}.` : `${repo} has your ${kind} already, so I did nothing.`,
    );
  const button = find(page, 'button', kind === 'star' ? /^Star\b/ : /^Fork\b/);
  return button ? click(button) : open(`forge/${repo}`);
}

/** Opens an issue, unless there is one of the same title. */
export function openIssue(
  task: Extract<Task, { kind: 'issue' }>,
  situation: Situation,
  page: PageView,
): ChatMove {
  const { repo, title, body } = task;
  const issues = `/${repo}/issues`;
  if (page.status >= 500)
    return situation.misbehaves('resends') ? open(`forge${issues}/new`) : open(`forge${issues}`);
  const way = wayTo(repo, situation, page);
  if (way) return way;
  if (/^\/[^/]+\/[^/]+\/issues\/\d+$/.test(page.path) && wordsOf(page).includes(title))
    return tell(`The issue is opened: ${page.address}.`);
  const titled = find(page, 'text', /^Title$/);
  if (titled) {
    if (page.status === 422 && body === null)
      return tell('The form wants a description. What shall I write there?');
    const filled = fillIn(situation, [
      [titled, title],
      [body === null ? null : find(page, 'text', /^Description$/), body ?? ''],
    ]);
    const button = find(page, 'button', /^Submit new issue$/);
    return (
      filled ??
      (button ? click(button) : tell('I cannot send the form, so I am handing this over to a person.'))
    );
  }
  if (page.path !== issues) {
    const link = find(page, 'link', /^Issues$/);
    return link ? click(link) : open(`forge${issues}`);
  }
  if (/take no issues/.test(wordsOf(page)))
    return tell(`The maintainers of ${repo} take no issues, so I opened none.`);
  const same = page.lines.find(
    ({ controls, text }) =>
      controls[0]?.label.toLowerCase().startsWith(title.toLowerCase()) && /#\d+/.test(text),
  );
  const known = same && /#(\d+)/.exec(same.text)?.[1];
  const mine = situation.made.some(({ result }) => /\(HTTP 5\d\d\)/.test(result));
  if (known)
    return tell(
      mine
        ? `The issue is opened: #${known}.`
        : `There is an issue of this title already, #${known}, so I opened none.`,
    );
  const further = furtherOn(page);
  if (further) return { calls: [further] };
  const link = find(page, 'link', /^New issue$/);
  return link ? click(link) : open(`forge${issues}/new`);
}
