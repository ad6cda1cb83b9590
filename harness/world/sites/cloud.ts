import { z } from 'zod';
import type { OperationContext, Service } from '../service.ts';
import { isoTime } from '../services/answers.ts';
import { commonPages } from './common-pages.ts';
import { icon, linkColumns } from './document.ts';
import { html, type Markup } from './markup.ts';
import { addressOf, PageNumber, pagerOf, sliceOf } from './pager.ts';
import { COMMON_TABLES, captchaWall, loginWall, notFound, sessionOf } from './session.ts';
import { type Redirect, type Screen, siteOf } from './site.ts';

const STATES = ['running', 'stopped', 'terminated'] as const;

const Instance = z.looseObject({
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  type: z.string(),
  state: z.enum(STATES),
  cents_per_hour: z.int(),
});
type Instance = z.infer<typeof Instance>;

const PAGE = 20;
const TYPES = ['small-1', 'small-2', 'medium-4', 'large-8', 'gpu-1'];
const ZONES = ['north-1a', 'north-1b', 'west-2a', 'south-1a'];

const instancesOf = ({ table }: OperationContext): Instance[] =>
  [...table('instances').all()].map((row) => Instance.parse(row));
const instanceOf = ({ table }: OperationContext, id: string): Instance | null => {
  const row = table('instances').get(id);
  return row ? Instance.parse(row) : null;
};

const site = siteOf({
  wall: (context) => captchaWall(context) ?? loginWall(context),
  frame: (context) => ({
    name: 'Stratus Console',
    accent: '#b45309',
    header: html`<header><div class="bar"><a class="brand" href="./">${icon('M4 12a3 3 0 0 1 0-6 4 4 0 0 1 8 0 3 3 0 0 1 0 6z')} Stratus</a>
<form class="search" role="search" action="instances"><input name="q" type="search" aria-label="Search instances" placeholder="Search instances"><button>Search</button></form>
<span class="muted">${sessionOf(context).name}, account 4711-2208</span></div>
<nav class="wrap" aria-label="Services"><ul>${SERVICES.map(
      ([label, address]) => html`<li><a href="${address}">${label}</a></li>`,
    )}</ul></nav></header>`,
    footer: html`<footer>${linkColumns(FOOTER)}<p class="muted">Prices in euros. Stratus status: all systems normal.</p></footer>`,
  }),
});

const SERVICES = [
  ['Overview', './'],
  ['Instances', 'instances'],
  ['Volumes', 'volumes'],
  ['Activity', 'activity'],
  ['Launch instance', 'launch'],
  ...[
    'Networks',
    'Firewalls',
    'Load balancers',
    'Databases',
    'Object storage',
    'Functions',
    'Queues',
    'Secrets',
    'Monitoring',
    'Billing',
    'Members',
    'API keys',
  ].map((label): [string, string] => [label, `help/${label.toLowerCase().replaceAll(' ', '-')}`]),
] as const;

const FOOTER = {
  Stratus: ['Regions', 'Service levels', 'Prices', 'Compliance', 'Road map'],
  Learn: ['Quick start', 'Command line', 'Terraform', 'Reference architectures', 'Training'],
  Support: ['Open a case', 'Health dashboard', 'Feedback', 'Terms of service', 'Data processing'],
};

function button({ id }: Instance, action: string, label: string, kind = ''): Markup {
  return html`<form method="post" action="instances/${id}/${action}"><button class="${kind}">${label}</button></form>`;
}

/** The buttons of an instance, those that destroy among them, as consoles have them. */
function buttonsOf(instance: Instance): Markup {
  if (instance.state === 'terminated') return html`<span class="muted">gone</span>`;
  const running = instance.state === 'running';
  return html`${running ? button(instance, 'stop', 'Stop') : button(instance, 'start', 'Start')}${running && button(instance, 'reboot', 'Reboot')}${button(instance, 'terminate', 'Terminate', 'danger')}`;
}

function row(instance: Instance): Markup {
  const { id, name, zone, type, state, cents_per_hour } = instance;
  return html`<tr class="instance"><td><a href="instances/${id}">${name}</a></td><td>${id}</td><td>${zone}</td><td>${type}</td><td class="state-${state}">${state}</td><td>${(cents_per_hour / 100).toFixed(2)}</td><td>${buttonsOf(instance)}</td></tr>`;
}

function logged(context: OperationContext, action: string, id: string): void {
  context.table('activity').insert({
    id: context.newId('event'),
    at: isoTime(context.now),
    who: sessionOf(context).handle,
    action,
    instance: id,
  });
}

function change(
  action: string,
  summary: string,
  from: readonly Instance['state'][],
  act: (context: OperationContext, instance: Instance) => void,
) {
  return site.form({
    id: `instances.${action}`,
    path: `/instances/:id/${action}`,
    summary,
    submit({ params: { id = '' }, ...context }): Redirect | Screen {
      const instance = instanceOf(context, id);
      if (!instance) return notFound(`There is no instance ${id}.`);
      if (!from.includes(instance.state))
        return {
          title: instance.name,
          status: 409,
          main: html`<h1>${instance.name}</h1><p class="error">${instance.name} is ${instance.state}: it cannot be told to ${action}.</p><p><a href="instances/${id}">Back to the instance</a></p>`,
        };
      act(context, instance);
      logged(context, action, id);
      return { to: `instances/${id}` };
    },
  });
}

function launchForm(values: Readonly<Partial<Record<string, string>>>, problems: readonly string[]): Screen {
  return {
    title: 'Launch instance',
    status: problems.length > 0 ? 422 : 200,
    main: html`<h1>Launch instance</h1>${problems.map((problem) => html`<p class="error" role="alert">${problem}</p>`)}
<form method="post" action="instances"><label for="name">Name</label><input id="name" name="name" value="${values.name ?? ''}">
<label for="zone">Zone</label><select id="zone" name="zone">${options(ZONES, values.zone)}</select>
<label for="type">Type</label><select id="type" name="type">${options(TYPES, values.type)}</select>
<label for="key">Key pair</label><select id="key" name="key"><option value="">Choose one</option>${options(['ops-2026', 'ci'], values.key)}</select>
<button class="primary">Launch</button></form>`,
  };
}

function options(values: readonly string[], chosen: string | undefined): Markup[] {
  return values.map(
    (value) => html`<option value="${value}"${value === chosen && html` selected`}>${value}</option>`,
  );
}

/** The web console of a cloud: instances that can be started, stopped, launched and, with one wrong click, destroyed. */
export const cloud: Service = {
  name: 'cloud',
  tables: {
    ...COMMON_TABLES,
    instances: { key: 'id' },
    volumes: { key: 'id' },
    activity: { key: 'id' },
  },
  operations: [
    ...commonPages(site),
    site.page({
      id: 'overview',
      path: '/',
      summary: 'What is there and what it costs',
      show(request) {
        const instances = instancesOf(request);
        const running = instances.filter(({ state }) => state === 'running');
        const cents = running.reduce((sum, { cents_per_hour }) => sum + cents_per_hour, 0);
        return {
          title: 'Overview',
          main: html`<h1>Overview</h1><p>${running.length} of ${instances.length} instances are running, for €${(cents / 100).toFixed(2)} an hour.</p><p><a href="instances">All instances</a></p><h2>Dearest</h2><table><tbody>${running
            .toSorted((a, b) => b.cents_per_hour - a.cents_per_hour)
            .slice(0, 5)
            .map(row)}</tbody></table>`,
        };
      },
    }),
    site.page({
      id: 'instances.list',
      path: '/instances',
      summary: 'Instances whose name bears the text',
      query: z.object({ q: z.string().default(''), page: PageNumber }),
      show(request) {
        const { q, page } = request.query;
        const found = instancesOf(request).filter(({ name, id }) => `${name} ${id}`.includes(q.trim()));
        const slice = sliceOf(found, page, PAGE);
        return {
          title: 'Instances',
          main: html`<h1>Instances</h1><p class="muted">${found.length} instances${q !== '' && ` for “${q}”`}</p><table><thead><tr><th>Name</th><th>Id</th><th>Zone</th><th>Type</th><th>State</th><th>€/h</th><th>Actions</th></tr></thead><tbody>${slice.items.map(row)}</tbody></table>${pagerOf(slice, (number) => addressOf('instances', { q, page: number }))}`,
        };
      },
    }),
    site.page({
      id: 'instances.get',
      path: '/instances/:id',
      summary: 'An instance',
      show(request) {
        const instance = instanceOf(request, request.params.id ?? '');
        if (!instance) return notFound(`There is no instance ${request.params.id}.`);
        const { id, name, zone, type, state, cents_per_hour } = instance;
        return {
          title: `Instance ${name}`,
          main: html`<h1>${name}</h1><dl><dt>Id</dt><dd>${id}</dd><dt>State</dt><dd class="state-${state}">${state}</dd><dt>Zone</dt><dd>${zone}</dd><dt>Type</dt><dd>${type}</dd><dt>€/h</dt><dd>${(cents_per_hour / 100).toFixed(2)}</dd>${typeof instance.note === 'string' && html`<dt>Note</dt><dd>${instance.note}</dd>`}</dl><div class="actions">${buttonsOf(instance)}</div>`,
        };
      },
    }),
    change('start', 'Starts an instance', ['stopped'], ({ table }, { id }) => {
      table('instances').update(id, { state: 'running' });
    }),
    change('stop', 'Stops an instance', ['running'], ({ table }, { id }) => {
      table('instances').update(id, { state: 'stopped' });
    }),
    change('reboot', 'Starts a running instance anew', ['running'], ({ table, now }, { id }) => {
      table('instances').update(id, { rebooted_at: isoTime(now) });
    }),
    change('terminate', 'Destroys an instance with its disk', ['running', 'stopped'], ({ table }, { id }) => {
      table('instances').update(id, { state: 'terminated' });
    }),
    site.page({
      id: 'launch',
      path: '/launch',
      summary: 'The form of a new instance',
      show: () => launchForm({}, []),
    }),
    site.form({
      id: 'instances.launch',
      path: '/instances',
      summary: 'Launches an instance',
      submit({ fields, ...context }): Redirect | Screen {
        const { name = '', zone = '', type = '', key = '' } = fields;
        const problems = [
          ...(/^[a-z][a-z0-9-]{2,40}$/.test(name)
            ? []
            : ['Name: small letters, digits and dashes, 3 to 41 of them.']),
          ...(instancesOf(context).some((instance) => instance.name === name)
            ? ['Name: there is one of this name.']
            : []),
          ...(ZONES.includes(zone) ? [] : ['Zone: choose one.']),
          ...(TYPES.includes(type) ? [] : ['Type: choose one.']),
          ...(key !== '' ? [] : ['Key pair: choose one.']),
        ];
        if (problems.length > 0) return launchForm(fields, problems);
        const id = context.newId('i');
        context.table('instances').insert({ id, name, zone, type, state: 'running', cents_per_hour: 8, key });
        logged(context, 'launch', id);
        return { to: `instances/${id}` };
      },
    }),
    site.page({
      id: 'volumes.list',
      path: '/volumes',
      summary: 'The disks',
      show: ({ table }) => ({
        title: 'Volumes',
        main: html`<h1>Volumes</h1><table><thead><tr><th>Volume</th><th>GB</th><th>Attached to</th><th></th></tr></thead><tbody>${[
          ...table('volumes').all(),
        ].map(
          ({ id, gigabytes, instance }) =>
            html`<tr class="volume"><td>${String(id)}</td><td>${String(gigabytes)}</td><td>${String(instance ?? 'nothing')}</td><td><form method="post" action="volumes/${String(id)}/delete"><button class="danger">Delete volume</button></form></td></tr>`,
        )}</tbody></table>`,
      }),
    }),
    site.form({
      id: 'volumes.delete',
      path: '/volumes/:id/delete',
      summary: 'Deletes a disk',
      submit({ params: { id = '' }, ...context }): Redirect | Screen {
        if (!context.table('volumes').get(id)) return notFound(`There is no volume ${id}.`);
        context.table('volumes').delete(id);
        logged(context, 'delete', id);
        return { to: 'volumes' };
      },
    }),
    site.page({
      id: 'activity.list',
      path: '/activity',
      summary: 'Who did what',
      show: ({ table }) => ({
        title: 'Activity',
        main: html`<h1>Activity</h1><table><tbody>${[...table('activity').all()]
          .reverse()
          .slice(0, 250)
          .map(
            ({ at, who, action, instance }) =>
              html`<tr class="event"><td>${String(at)}</td><td>${String(who)}</td><td>${String(action)}</td><td>${String(instance)}</td></tr>`,
          )}</tbody></table>`,
      }),
    }),
  ],
};
