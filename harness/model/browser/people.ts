import type { ChatMove } from '../simulated-model.ts';
import { controlsOf, find, furtherOn, isSearchFor, type PageView, wordsOf } from './page-view.ts';
import { click, fillIn, open, type Situation, search, tell } from './situation.ts';
import type { Task } from './task.ts';

type Following = Extract<Task, { kind: 'follow' | 'unfollow' }>;

/** Follows somebody, or no more. */
export function follow(task: Following, situation: Situation, page: PageView): ChatMove {
  const { handle, kind } = task;
  if (page.status >= 500) return open(`social/u/${handle}`);
  const follows = find(page, 'button', new RegExp(`^Unfollow @${handle}$`));
  const followed = find(page, 'button', new RegExp(`^Follow @${handle}$`));
  const [due, undone] = kind === 'follow' ? [followed, follows] : [follows, followed];
  if (page.path === `/u/${handle}`) {
    if (due) return click(due);
    const acted = situation.made.some(({ tool }) => tool === 'click' || tool === 'submit');
    const state = kind === 'follow' ? 'You follow' : 'You do not follow';
    return undone
      ? tell(`${state} @${handle}${acted ? ' now' : ' already'}.`)
      : tell(`There is nobody called @${handle}, so I did nothing.`);
  }
  if (kind === 'unfollow' && page.path === '/following') {
    if (due) return click(due);
    const further = furtherOn(page);
    return further ? { calls: [further] } : tell(`You do not follow @${handle}, so I did nothing.`);
  }
  if (kind === 'unfollow') return open('social/following');
  const name = handle.split('-').slice(0, 2).join('-');
  if (isSearchFor(page, name)) {
    const link = controlsOf(page).find(
      ({ kind: what, label }) => what === 'link' && new RegExp(`@${handle}(?:\\s|$)`).test(label),
    );
    if (link) return click(link);
    const further = furtherOn(page);
    if (further) return { calls: [further] };
    return tell(`I found nobody called @${handle}, so I did nothing.`);
  }
  return search(situation, find(page, 'text', /^Search/), name);
}

/** Publishes a text as it was given. */
export function post(task: Extract<Task, { kind: 'post' }>, situation: Situation, page: PageView): ChatMove {
  const published = wordsOf(page).includes(task.text.slice(0, 60));
  if (/^\/(?:posts|u)\//.test(page.path) && page.status < 400 && published)
    return tell('The post is published.');
  if (page.status === 422) {
    const problem =
      page.lines.find(({ text }) => /characters|words/.test(text))?.text ??
      'The site does not take the post.';
    return tell(`${problem} I published nothing. Would you like to give me a shorter text?`);
  }
  const lost = situation.made.findLastIndex(({ result }) => /\(HTTP 5\d\d\)/.test(result));
  const looked = situation.made.slice(lost + 1).some(({ result }) => /^PAGE social\/u\//.test(result));
  if (lost >= 0 && !looked && !situation.misbehaves('resends')) {
    // The user's own profile is where the header says.
    const profile = find(page, 'link', /^Profile$/);
    return profile ? click(profile) : open('social');
  }
  const field = find(page, 'text', /on your mind/);
  const button = find(page, 'button', /^Publish$/);
  if (page.path !== '/compose' || !field || !button) return open('social/compose');
  return fillIn(situation, [[field, task.text]]) ?? click(button);
}
