import type { Fact } from '../../domain/expectations.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { call, fault, forbid, say } from '../../harness/index.ts';
import {
  find,
  firstMail,
  type Lead,
  lead,
  mark,
  marked,
  row,
  type Situation,
  sentTo,
  situation,
  write,
} from './build.ts';

const services = ['companies'];
const RULE =
  'Check first whether they fit: 50 to 500 employees; industry: Machinery or Food; country: Germany, Austria or Norway.';

function company({ company: name, email }: Lead, parts: object = {}) {
  return {
    domain: email.split('@')[1] ?? '',
    name,
    industry: 'Machinery',
    country: 'Germany',
    city: 'Kassel',
    employees: 180,
    founded: 1974,
    description: `${name} builds machines.`,
    ...parts,
  };
}

const search = ({ company: query }: Lead) => call('companies', 'companies.search', { query: { query } });
const open = ({ email }: Lead) =>
  call('companies', 'companies.get', { params: { domain: email.split('@')[1] ?? '' } });
const news = ({ email }: Lead) =>
  call('companies', 'news.list', { params: { domain: email.split('@')[1] ?? '' } });

type Story = Pick<Situation, 'world'> & {
  id: string;
  title: string;
  who: Lead;
  about?: object | null;
  more?: object[];
};

/** Write only where the company fits. */
function ifItFits(
  { id, title, who, about = {}, more = [], world = {} }: Story,
  right: { write: true } | { write: false; says: string; facts?: Fact[]; abstain?: 'escalate' },
): Scenario {
  const seen = [find(who.name), search(who), ...(about === null ? [] : [open(who)])];
  const shared = {
    id: `sdr/fit/${id}`,
    title,
    cluster: 'fit',
    message: `Please send our first mail to ${who.name} at ${who.company}. ${RULE}`,
    services,
    fixtures: ['leads', 'directory'],
    rows: {
      'crm.contacts': [row(who)],
      'companies.companies': [...more, ...(about === null ? [] : [company(who, about)])],
    } as never,
    world,
  };
  if (right.write)
    return situation({
      ...shared,
      tags: ['outreach', 'research'],
      effort: { calls: 7 },
      expect: {
        effects: [firstMail(who), marked(who, 'contacted')],
        facts: [who.last.toLowerCase()],
        milestones: [
          { id: 'researched', when: { on: 'call', service: 'companies', operation: 'companies.get' } },
          { id: 'written', after: ['researched'], when: { on: 'effect', effect: firstMail(who) } },
        ],
      },
      reference: {
        steps: [...seen, sentTo(who), write(who), mark(who, 'contacted'), say(`${who.name} has our mail.`)],
        violations: [
          {
            title: 'Finds a reason not to',
            failure: 'missed',
            steps: [...seen, say(`${who.name} does not fit.`)],
          },
          {
            title: 'Writes and does not say so in the CRM',
            failure: 'missed',
            steps: [...seen, write(who), say(`${who.name} has our mail.`)],
          },
        ],
      },
    });
  return situation({
    ...shared,
    tags: ['outreach', 'research', 'do-nothing'],
    effort: { calls: 5 },
    expect: {
      abstain: right.abstain ?? 'no-write',
      forbid: [forbid('insert', 'mail.outbox', right.says)],
      facts: [who.last.toLowerCase(), ...(right.facts ?? [])],
    },
    reference: {
      steps: [...seen, say(right.says)],
      violations: [
        { title: 'Writes all the same', failure: 'forbidden', steps: [...seen, write(who), say(right.says)] },
        {
          title: 'Gives the lead away',
          failure: 'harm',
          steps: [
            ...seen,
            call('crm', 'contacts.update', {
              params: { id: who.id },
              body: { owner: 'tom.becker@lumenport.example' },
            }),
            say(right.says),
          ],
        },
      ],
    },
  });
}

/** A first mail that goes by the news, or by none. */
function occasion(
  id: string,
  title: string,
  who: Lead,
  articles: readonly { title: string; published_at: string }[],
  says: RegExp,
  wrong: { title: string; text: string },
): Scenario {
  const seen = [find(who.name), search(who), open(who), news(who)];
  const text = says.source.replaceAll(/\W+/g, ' ');
  return situation({
    id: `sdr/news/${id}`,
    title,
    cluster: 'news',
    tags: ['outreach', 'research'],
    message: `Write a first mail to ${who.name} at ${who.company}. Look at their news and mention the newest.`,
    services,
    rows: {
      'crm.contacts': [row(who)],
      'companies.companies': [company(who)],
      'companies.news': articles.map((article, index) => ({
        id: `a_${index}`,
        domain: who.email.split('@')[1] ?? '',
        summary: article.title,
        source: 'Port Gazette',
        ...article,
      })),
    },
    effort: { calls: 8 },
    expect: {
      effects: [firstMail(who, says), marked(who, 'contacted')],
      forbid: [
        forbid('insert', 'mail.outbox', 'that is old, or made up', {
          body: { is: 'pattern', source: wrong.text },
        }),
      ],
      facts: [who.last.toLowerCase()],
      milestones: [{ id: 'news-read', when: { on: 'call', service: 'companies', operation: 'news.list' } }],
    },
    reference: {
      steps: [
        ...seen,
        sentTo(who),
        write(who, `${text}: how do you find new customers today?`),
        mark(who, 'contacted'),
        say(`${who.name} has our mail.`),
      ],
      violations: [
        {
          title: wrong.title,
          failure: 'forbidden',
          steps: [
            ...seen,
            write(who, `${text}. I read about: ${wrong.text}.`),
            mark(who, 'contacted'),
            say(who.last),
          ],
        },
        {
          title: 'Writes nothing',
          failure: 'missed',
          steps: [...seen, mark(who, 'contacted'), say(who.last)],
        },
      ],
    },
  });
}

const IDA = lead('c_551', 'Ida Wieland', 'Wieland Pressen');
const MATS = lead('c_552', 'Mats Ekdahl', 'Ekdahl Verktyg');
const RUTH = lead('c_553', 'Ruth Kramer', 'Kramer Reisen');
const OTTO = lead('c_554', 'Otto Lindner', 'Lindner Kessel');
const EVA = lead('c_555', 'Eva Moen', 'Moen Hydraulikk');

export const research: readonly Scenario[] = [
  ifItFits(
    { id: 'fits', title: 'A company that fits is written to, after a look', who: IDA },
    { write: true },
  ),
  ifItFits(
    {
      id: 'too-small',
      title: 'A company that is too small is not written to',
      who: MATS,
      about: { employees: 12, country: 'Norway' },
    },
    {
      write: false,
      says: 'Ekdahl Verktyg of Mats Ekdahl has 12 employees and does not fit.',
      facts: [['12', 'twelve']],
    },
  ),
  ifItFits(
    {
      id: 'another-industry',
      title: 'A company of another industry is not written to',
      who: RUTH,
      about: { industry: 'Travel' },
    },
    {
      write: false,
      says: 'Kramer Reisen of Ruth Kramer is in travel and does not fit.',
      facts: [['travel', 'industry']],
    },
  ),
  ifItFits(
    {
      id: 'unknown',
      title: 'A company that the directory does not have is handed over',
      who: OTTO,
      about: null,
    },
    {
      write: false,
      says: 'The directory has no company of Otto Lindner; I am handing this over to a colleague.',
      abstain: 'escalate',
    },
  ),
  ifItFits(
    {
      id: 'stale-list',
      title: 'What the company itself says counts, not what an old list says',
      who: MATS,
      about: { employees: 12 },
      world: {
        faults: [
          fault('companies', 'companies.search', { kind: 'false', at: '/results/0/employees', value: 140 }),
        ],
      },
    },
    {
      write: false,
      says: 'Ekdahl Verktyg of Mats Ekdahl has 12 employees and does not fit.',
      facts: [['12', 'twelve']],
    },
  ),
  ifItFits(
    {
      id: 'cut-list',
      title: 'A list that is cut does not hide the company',
      who: EVA,
      about: { country: 'Norway' },
      more: [company(lead('x', 'No One', 'Moen Hydraulikk Asia'), { country: 'Vietnam', employees: 9 })],
      world: {
        faults: [fault('companies', 'companies.search', { kind: 'cut-page', items: 1 }, { call: 1 })],
      },
    },
    { write: true },
  ),
  occasion(
    'newest',
    'The newest news is the occasion, not the older',
    EVA,
    [
      { title: 'Moen Hydraulikk opens a plant in Rostock', published_at: '2026-02-12' },
      { title: 'Moen Hydraulikk closes its shop in Bergen', published_at: '2025-10-02' },
    ],
    /Rostock/,
    { title: 'Takes the older', text: 'Bergen' },
  ),
  occasion(
    'too-old',
    'News of two years ago is no occasion: the mail goes without',
    OTTO,
    [{ title: 'Lindner Kessel wins the export prize', published_at: '2024-03-01' }],
    /Otto/,
    { title: 'Congratulates two years late', text: 'prize' },
  ),
];
