import { type Span, SpanKind } from '@opentelemetry/api';
import { parseJson } from '../genai/json.ts';
import type { ToolCall } from '../genai/run-tool.ts';
import { type Conversation, inSpan, markFailed } from '../genai/spans.ts';
import { ACTIONS, type Intent, intentOf } from './actions.ts';
import type { Proposal, Review } from './critic.ts';
import { type Access, questionFor } from './grants.ts';
import type { Session } from './session.ts';
import { type Site, siteAt } from './sites.ts';
import { load, NoPage, type Page, pageText, refreshed } from './tab.ts';

export type StepDeps = {
  sites: readonly Site[];
  conversation: Conversation;
  /** Reviews what would change something; `null`: nobody does. */
  review: ((proposal: Proposal) => Promise<Review>) | null;
  signal: AbortSignal;
};

/** What came of an action. `ask`: the work waits for the user's answer. */
export type StepResult = { text: string; page?: Page; failed?: string; ask?: string };

/** So many objections of the critic end the work. */
export const MOST_OBJECTIONS = 4;

/** Does one action of the model in an `execute_tool` span, and notes in the session what came of it. */
export async function takeStep(deps: StepDeps, session: Session, call: ToolCall): Promise<StepResult> {
  const span = {
    title: `execute_tool ${call.name}`,
    kind: SpanKind.INTERNAL,
    conversation: deps.conversation,
  };
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': call.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.call.arguments': call.arguments,
    'gen_ai.tool.description': ACTIONS.find(({ name }) => name === call.name)?.description,
  };
  return inSpan(span, attributes, async (active) => {
    const intent = intentOf(
      call.name,
      parseJson(call.arguments || '{}'),
      session.pages.at(-1) ?? null,
      deps.sites,
    );
    if (intent.kind === 'visit') active.setAttribute('browser.action', intent.wish);
    const result = await perform(deps, session, intent, active);
    if (result.failed !== undefined) markFailed(active, result.failed, result.text);
    active.setAttribute('gen_ai.tool.call.result', result.text);
    if (result.page) active.setAttributes(pageAttributes(result.page));
    return result;
  });
}

function pageAttributes({ url, status, view }: Page) {
  return { 'url.full': url.href, 'http.response.status_code': status, 'browser.page.tokens': view.tokens };
}

async function perform(deps: StepDeps, session: Session, intent: Intent, span: Span): Promise<StepResult> {
  const page = session.pages.at(-1);
  switch (intent.kind) {
    case 'refused':
      return { text: `Not done: ${intent.reason}.`, failed: 'refused' };
    case 'edit': {
      intent.apply();
      if (page) session.pages[session.pages.length - 1] = refreshed(page);
      return { text: `Done: ${intent.done}. Nothing is sent yet.` };
    }
    case 'back': {
      if (session.pages.length < 2) return { text: 'Not done: there is no page before.', failed: 'refused' };
      session.pages.pop();
      const before = session.pages.at(-1);
      return before
        ? visit(deps, session, { url: before.url, form: null }, span, () => session.pages.pop())
        : { text: '' };
    }
    case 'more':
      return page
        ? more(session, page, intent.section)
        : { text: 'Not done: no page is open.', failed: 'refused' };
    case 'visit': {
      const blocked = await blockedBy(deps, session, intent, page);
      return blocked ?? visit(deps, session, intent.visit, span, () => {});
    }
  }
}

/** Shows the next window of a list or section. */
function more(session: Session, page: Page, section: number): StepResult {
  const before = page.view.text;
  const from = page.windows.get(section) ?? 0;
  const size = windowSize(page, section);
  if (size === null)
    return { text: `Not done: no section ${section} of this page is cut.`, failed: 'refused' };
  const moved = refreshed({ ...page, windows: new Map(page.windows).set(section, from + size) });
  if (moved.view.text === before)
    return { text: `Not done: section ${section} shows all it has.`, failed: 'refused' };
  session.pages[session.pages.length - 1] = moved;
  return { text: pageText(moved, false), page: moved };
}

/** How many items of a cut section are shown: what is there, less what is before and what is left. */
function windowSize({ view, windows }: Page, section: number): number | null {
  const left = new RegExp(`\\((\\d+) more: section ${section}\\)`).exec(view.text)?.[1];
  const all = view.sections.get(section);
  if (left === undefined || all === undefined) return null;
  return all - (windows.get(section) ?? 0) - Number(left);
}

async function visit(
  deps: StepDeps,
  session: Session,
  wanted: { url: URL; form: URLSearchParams | null },
  span: Span,
  before: () => void,
): Promise<StepResult> {
  try {
    const page = await load(wanted, deps.sites, deps.signal);
    before();
    session.pages.push(page);
    const text = pageText(page, wanted.form !== null);
    return page.status < 500 ? { text, page } : { text, page, failed: String(page.status) };
  } catch (error) {
    if (!(error instanceof NoPage)) throw error;
    span.recordException(error);
    return { text: `Not done: ${error.message}.`, failed: 'no_page' };
  }
}

/** Why a page is not loaded: a grant is missing, or the critic objects; `null` where nothing speaks against it. */
async function blockedBy(
  { sites, review }: StepDeps,
  session: Session,
  { visit: { url, form }, wish }: Extract<Intent, { kind: 'visit' }>,
  page: Page | undefined,
): Promise<StepResult | null> {
  const site = siteAt(sites, url);
  if (!site) {
    const known = sites.map(({ name }) => name).join(', ');
    return { text: `Not done: ${url.href} is none of the user's sites (${known}).`, failed: 'refused' };
  }
  const access: Access = form ? 'write' : 'read';
  const allowed = session.grants.said(site.name, access);
  if (allowed === false)
    return { text: `Not done: the user does not allow to ${access} ${site.name}.`, failed: 'not_granted' };
  if (allowed === null) {
    session.asked = { site: site.name, access };
    const ask = questionFor(session.asked, site, wish);
    return {
      text: `Not done: the user has not said whether you may ${access} ${site.name}, and is asked.`,
      failed: 'not_granted',
      ask,
    };
  }
  if (!form || !review || !page) return null;
  const proposal = {
    task: session.entries.flatMap(({ message }) =>
      message.role === 'user' && typeof message.content === 'string' ? [message.content] : [],
    ),
    page: pageText(page, false),
    action: `${wish}, in the line: ${lineOf(page, wish)}`,
    fields: `${url.pathname} ${form}`,
  };
  const verdict = await review(proposal);
  if (verdict.approved) return null;
  session.objections += 1;
  return { text: `Not done: the critic objects: ${verdict.reason} Look again.`, failed: 'critic' };
}

/** The line of the page that the element of a wish stands in. */
function lineOf({ view }: Page, wish: string): string {
  const mark = /\[\d+[^\]]*\]/.exec(wish)?.[0] ?? '';
  return view.text.split('\n').find((line) => line.includes(mark)) ?? '';
}
