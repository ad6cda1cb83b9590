import { enableCompileCache } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import { moment } from './cli/moment.ts';
import { amount, collect, names, portOrOff, wholeNumber, wholeNumbers } from './cli/option-values.ts';
import { ownVersion } from './collector/own-version.ts';
import { AppError } from './domain/errors.ts';

/** The exit code of the command that ran; the codes are the gate's: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive. */
let exitCode = 0;

const interrupt = new AbortController();

const dataOption = ['--data <directory>', 'where ClickHouse keeps its data', '.rehearse/data'] as const;

const urlOption = ['--url <url>', 'a collector to ask instead of a data directory (REHEARSE_URL)'] as const;

const configOption = [
  '--config <file>',
  "configuration with the gate's policy; default: rehearse.config.ts, .js or .json, where there is one",
] as const;

/** Every command with its arguments and options. */
export const program = new Command('rehearse')
  .description('Rehearse your agents before they go live; watch them when they do.')
  .version(ownVersion())
  .showHelpAfterError('(rehearse --help lists the commands)')
  .addHelpText(
    'after',
    '\nExit codes: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive where the policy says so, 130 interrupted.',
  )
  .exitOverride();

program
  .command('serve')
  .description('start ClickHouse, the collector and the dashboard, and stay up')
  .option('--port <number>', 'port of collector and dashboard', wholeNumber(0, 65_535), 4318)
  .option('--grpc-port <number>', 'port of OTLP over gRPC; "off" for none', portOrOff, 4317)
  .option(
    '--host <address>',
    'address to listen on; one that others reach needs a key or a person (default: 127.0.0.1)',
  )
  .option('--allowed-host <name>', 'a name under which it is reached; several may be given', collect)
  .option(...dataOption)
  .option('--config <file>', 'configuration; default: rehearse.config.json, where there is one')
  .option('--dev', 'serve the dashboard from its sources, reloading on every change')
  .action(async (options) => {
    const { serve } = await import('./cli/serve.ts');
    exitCode = await serve({ ...options, signal: interrupt.signal });
  });

program
  .command('run')
  .description('rehearse an agent on a pack of scenarios and judge it')
  .argument('<pack>', 'name of a pack, or path of a file of scenarios (.json, .ts, .js)')
  .option('--agent <name>', 'agent to rehearse, or path of its entry file; several take turns', collect)
  .addOption(
    new Option('--agent-command <command>', 'an agent in any language: a command of the shell').conflicts([
      'agent',
      'agentUrl',
    ]),
  )
  .addOption(new Option('--agent-url <url>', 'an agent that is a server').conflicts('agent'))
  .option('--agent-name <name>', 'its name: baselines are kept by it; default: the command or the host')
  .option('--agent-version <version>', 'its version; default: unversioned')
  .option('--no-spans', 'do not wait for spans: the agent sends none')
  .option(
    '--model <name>',
    'simulated model (sim/..., script:<moves.json>; default: the first of the pack), or a real one behind OPENAI_BASE_URL; several take turns',
    collect,
  )
  .option('--cassette <path>', 'record a real model to this directory, or .jsonl file, and replay it')
  .addOption(
    new Option('--cassette-mode <mode>', 'what is recorded, and what replayed')
      .choices(['auto', 'record', 'strict', 'off'])
      .default('auto'),
  )
  .option('--scenario <id...>', 'only these scenarios, judged without the baseline of the pack')
  .option('--trials <number>', 'trials of each scenario', wholeNumber(1, 1000), 3)
  .option(
    '--concurrency <number>',
    'trials at the same time (default: 8; of a real model at most 100, by what its provider bears)',
    wholeNumber(1, 200),
  )
  .addOption(
    new Option('--workers <number>', 'processes for an agent that computes much')
      .argParser(wholeNumber(1, 64))
      .conflicts(['agentCommand', 'agentUrl']),
  )
  .option('--max-usd <amount>', 'start no trial that the money left may not pay for', amount)
  .option('--max-minutes <number>', 'start no trial after that time', amount)
  .option('--seed <text>', 'same seed, same worlds', '1')
  .addOption(
    new Option('--watch', 'run again after each change of the scenarios or the agent').conflicts([
      'out',
      'agentCommand',
      'agentUrl',
    ]),
  )
  .option(
    '--out <file>',
    'results file (JSONL; of several runs a directory), an unfinished one is resumed; default: in <data>/results',
  )
  .option('--baseline <file>', 'baseline to judge against; default: the one of the pack')
  .option('--junit <file>', 'write a JUnit report')
  .option(...dataOption)
  .action(async (pack: string, options) => {
    const { agent = ['alice-react'], model = [undefined] } = options;
    if (options.watch) {
      const { watch } = await import('./cli/watch.ts');
      const args = process.argv.slice(2).filter((word) => word !== '--watch');
      exitCode = await watch({ args, pack, agent, model, data: options.data, signal: interrupt.signal });
      return;
    }
    const { run } = await import('./cli/run.ts');
    exitCode = await run({ pack, ...options, agent, model, signal: interrupt.signal });
  });

program
  .command('list')
  .description('every scenario with its pack, cluster and tags')
  .argument('[pack]', 'name of a pack, or path of a file of scenarios (.json, .ts, .js); default: all packs')
  .option('--json', 'as JSON')
  .action(async (pack: string | undefined, options) => {
    const { list } = await import('./cli/list.ts');
    exitCode = await list({ pack, ...options });
  });

program
  .command('compare')
  .description(
    'play agents with several numbers of tools and several models on the same scenarios, and compare them',
  )
  .argument('[pack]', 'name of a pack, or path of a file of scenarios (.json, .ts, .js)', 'sdr')
  .requiredOption('--agents <names>', 'agents, parted by commas', names)
  .option(
    '--tools <numbers>',
    'tools that an agent is given at most, parted by commas',
    wholeNumbers(1, 100),
    [5, 10, 20],
  )
  .requiredOption('--models <names>', 'models, parted by commas: sim/... or real ones', names)
  .option('--scenario <id...>', 'only these scenarios')
  .option('--trials <number>', 'trials of each scenario in each setting', wholeNumber(1, 1000), 1)
  .option('--concurrency <number>', 'trials at the same time', wholeNumber(1, 200), 8)
  .option('--seed <text>', 'same seed, same worlds', '1')
  .option('--out <file>', 'write it too, as a page with charts (.html) or as data (.json)')
  .option(...dataOption)
  .action(async (pack: string, options) => {
    const { compare } = await import('./cli/compare/compare.ts');
    exitCode = await compare({ pack, ...options, signal: interrupt.signal });
  });

program
  .command('doctor')
  .description('test scenarios without any agent or model: what they name, expect, catch and let pass')
  .argument('<pack>', 'name of a pack, or path of a file of scenarios (.json, .ts, .js)')
  .option('--json', 'as JSON')
  .action(async (pack: string, options) => {
    const { doctor } = await import('./cli/doctor.ts');
    exitCode = await doctor({ pack, ...options, signal: interrupt.signal });
  });

program
  .command('verify')
  .description('play a pack several times with the same seed and compare what happened')
  .argument('<pack>', "name or file of a pack, or a directory with tau-bench's recorded airline runs")
  .option('--agent <name>', 'agent, or path of its entry file', 'alice-react')
  .option('--model <name>', 'simulated model; default: the first of the pack')
  .option('--trials <number>', 'trials of each scenario', wholeNumber(1, 1000), 1)
  .option('--concurrency <numbers>', 'trials at the same time, a round each', wholeNumbers(1, 200), [1, 16])
  .option('--seed <text>', 'same seed, same worlds', '1')
  .action(async (pack: string, options) => {
    const { verify } = await import('./cli/verify.ts');
    exitCode = await verify({ pack, ...options, signal: interrupt.signal });
  });

program
  .command('score')
  .description('judge stored trials again with the scorers of this version, without agents')
  .argument('<results>', 'results file of `rehearse run`')
  .option(
    '--pack <name>',
    'pack whose services and checks they are judged by, or its file; default: the one of the run',
  )
  .option('--out <file>', 'write the trials as they are judged now; default: write nothing')
  .option(...urlOption)
  .option(...dataOption)
  .action(async (results: string, options) => {
    const { score } = await import('./cli/score.ts');
    exitCode = await score({ results, ...options, signal: interrupt.signal });
  });

program
  .command('ci')
  .description('rehearse, confirm what looks worse, judge, and write all reports: for a pull request')
  .argument('<pack>', 'name of a pack, or path of a file of scenarios (.json, .ts, .js)')
  .option('--agent <name>', 'agent to rehearse, or path of its entry file', 'alice-react')
  .addOption(
    new Option('--agent-command <command>', 'an agent in any language: a command of the shell').conflicts([
      'agent',
      'agentUrl',
    ]),
  )
  .addOption(new Option('--agent-url <url>', 'an agent that is a server').conflicts('agent'))
  .option('--agent-name <name>', 'its name: baselines are kept by it; default: the command or the host')
  .option('--agent-version <version>', 'its version; default: unversioned')
  .option('--ab <agent>', 'the build before the change: it takes turns, and latency is compared with it')
  .option('--no-spans', 'do not wait for spans: the agent sends none')
  .option('--model <name>', 'simulated model (default: the first of the pack), or a real one')
  .option(...configOption)
  .option('--baseline <file>', 'baseline of `rehearse bless`; default: the one of the pack')
  .option(
    '--trials <number>',
    "trials of each scenario at the first look; default: the policy's",
    wholeNumber(1, 1000),
  )
  .option('--concurrency <number>', 'trials at the same time, as of `rehearse run`', wholeNumber(1, 200))
  .option('--max-usd <amount>', 'start no trial that the money left may not pay for', amount)
  .option('--max-minutes <number>', 'start no trial after that time', amount)
  .option('--seed <text>', 'same seed, same worlds; default: one of its own for each run')
  .option('--out <directory>', 'where results and reports go', '.rehearse/ci')
  .option(...dataOption)
  .action(async (pack: string, options) => {
    const { ci } = await import('./cli/ci.ts');
    exitCode = await ci({ pack, ...options, signal: interrupt.signal });
  });

program
  .command('gate')
  .description('judge a results file against a baseline')
  .argument('<results>', 'results file of `rehearse run`')
  .requiredOption('--baseline <file>', 'baseline of `rehearse bless`')
  .option(...configOption)
  .option('--junit <file>', 'write a JUnit report')
  .option('--out <directory>', 'write all reports: verdict.json, JUnit, Markdown, annotations, HTML')
  .option('--pack <name>', 'pack, or its file, whose lines the annotations name; default: the one of the run')
  .option('--url <url>', 'a collector that stays up, for links to its pages (REHEARSE_URL)')
  .action(async (results: string, options) => {
    const { gate } = await import('./cli/gate.ts');
    exitCode = await gate({ results, ...options });
  });

program
  .command('comment')
  .description('write the comment of a report on a pull request of GitHub, or update it')
  .argument('<file>', 'comment.md of `rehearse ci` or `rehearse gate --out`')
  .option('--repository <owner/name>', 'default: GITHUB_REPOSITORY')
  .option('--pull <number>', 'number of the pull request; default: of GITHUB_REF', wholeNumber(1, 1e9))
  .option('--report <url>', 'address of the whole report, added at the end')
  .action(async (file: string, options) => {
    const { comment } = await import('./cli/comment.ts');
    exitCode = await comment({ file, ...options, signal: interrupt.signal });
  });

program
  .command('bless')
  .description('add a run of the main branch to a baseline, or make one of it')
  .argument('<results>', 'results file of `rehearse run`')
  .requiredOption('--out <file>', 'baseline file to add to')
  .option('--fresh', 'begin anew: forget the trials it holds')
  .action(async (results: string, options) => {
    const { bless } = await import('./cli/bless.ts');
    exitCode = await bless({ results, ...options });
  });

const poolArgument = [
  '<files...>',
  'a baseline (.json), or results files (.jsonl) of one agent and model',
] as const;
const gateConfigOption = [
  '--config <file>',
  'the policy of the gate; default: rehearse.config.ts, .js or .json, where there is one',
] as const;

program
  .command('plan')
  .description('how many trials a run needs: what drop it could see, how often it passes, what it costs')
  .argument(...poolArgument)
  .option('--margin <share>', 'drop that a pass rules out; default: that of the policy', amount)
  .option('--max-usd <amount>', 'what the trials may cost', amount)
  .option(...gateConfigOption)
  .action(async (files: string[], options) => {
    const { plan } = await import('./cli/plan.ts');
    exitCode = await plan({ files, ...options });
  });

for (const [name, description] of [
  ['aa', 'how often the gate fails an agent that did not change, by resampling stored trials'],
  ['power', 'how often the gate catches changes for the worse, planted into stored trials'],
] as const) {
  const command = program
    .command(name)
    .description(description)
    .argument(...poolArgument)
    .option('--runs <number>', 'resamples', wholeNumber(1, 100_000), name === 'aa' ? 400 : 200)
    .option('--depth <number>', 'trials of each scenario in a drawn baseline', wholeNumber(1, 1000), 12)
    .option('--seed <text>', 'same seed, same figures', '1')
    .option(...gateConfigOption);
  if (name === 'aa') command.option('--bar <share>', 'ends with 1 above this share', amount, 0.05);
  command.action(async (files: string[], options) => {
    if (name === 'aa') {
      const { aa } = await import('./cli/aa.ts');
      exitCode = await aa({ files, ...options });
    } else {
      const { power } = await import('./cli/power.ts');
      exitCode = await power({ files, ...options });
    }
  });
}

const accessOptions = [urlOption, dataOption] as const;
const projectOption = ['--project <id>', 'the project that it is about; default: default'] as const;

const project = program.command('project').description('projects: what is stored belongs to one');
for (const task of ['add', 'remove'] as const) {
  project
    .command(task)
    .argument('<id>', 'lower-case letters, digits and "-"')
    .description(task === 'add' ? 'make a project' : 'close a project: its keys end, what is stored stays')
    .option(...accessOptions[0])
    .option(...accessOptions[1])
    .action(async (id: string, options) => {
      const { changeProject } = await import('./cli/access.ts');
      exitCode = await changeProject(task, id, { ...options, signal: interrupt.signal });
    });
}
project
  .command('list')
  .description('the projects there are')
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (options) => {
    const { listProjects } = await import('./cli/access.ts');
    exitCode = await listProjects({ ...options, signal: interrupt.signal });
  });

const key = program.command('key').description('keys: what programs send and ask with');
key
  .command('add')
  .description('make a key of a project and print it, once')
  .option(...projectOption)
  .addOption(
    new Option('--scope <scopes>', 'ingest, read, admin; several with commas')
      .argParser(names)
      .default(['ingest'], 'ingest'),
  )
  .option('--expires <days>', 'such as 90d; default: never')
  .option('--name <text>', 'what it is for')
  .option('--requests <number>', 'at most so many requests a second', wholeNumber(1, 1_000_000))
  .option('--bytes <number>', 'at most so many bytes a second', wholeNumber(1, 1_000_000_000))
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (options) => {
    const { addKey } = await import('./cli/access.ts');
    exitCode = await addKey({ ...options, signal: interrupt.signal });
  });
key
  .command('list')
  .description('the keys of a project, with their last use')
  .option(...projectOption)
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (options) => {
    const { listKeys } = await import('./cli/access.ts');
    exitCode = await listKeys({ ...options, signal: interrupt.signal });
  });
key
  .command('revoke')
  .argument('<id>', 'as it is listed')
  .description('end a key, at once')
  .option(...projectOption)
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (id: string, options) => {
    const { revokeKey } = await import('./cli/access.ts');
    exitCode = await revokeKey(id, { ...options, signal: interrupt.signal });
  });

const person = program.command('person').description('people who may sign in to the dashboard');
person
  .command('add')
  .argument('<email>')
  .description(
    'let a person sign in, or change what they may do; the password is asked for, or read from standard input',
  )
  .addOption(
    new Option('--role <role>', 'what they may do').choices(['viewer', 'editor', 'admin']).default('viewer'),
  )
  .option('--project <id>', 'only this project; several may be given', collect)
  .option('--no-password', 'they sign in by OpenID Connect alone')
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (email: string, options) => {
    const { addPerson } = await import('./cli/access.ts');
    exitCode = await addPerson(email, { ...options, signal: interrupt.signal });
  });
person
  .command('list')
  .description('who may sign in')
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (options) => {
    const { listPeople } = await import('./cli/access.ts');
    exitCode = await listPeople({ ...options, signal: interrupt.signal });
  });
person
  .command('remove')
  .argument('<email>')
  .description('let a person sign in no more, and end their sessions')
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (email: string, options) => {
    const { removePerson } = await import('./cli/access.ts');
    exitCode = await removePerson(email, { ...options, signal: interrupt.signal });
  });

program
  .command('audit')
  .description('who did what when in a project')
  .option(...projectOption)
  .option('--limit <number>', 'entries that are shown', wholeNumber(1, 1000), 50)
  .option(...accessOptions[0])
  .option(...accessOptions[1])
  .action(async (options) => {
    const { audit } = await import('./cli/access.ts');
    exitCode = await audit({ ...options, signal: interrupt.signal });
  });

program
  .command('query')
  .description('read-only SQL over the store: the tables are in docs/reference/sql.md')
  .argument('<sql>', "such as 'SELECT model, sum(cost_usd) FROM spans GROUP BY model'")
  .addOption(
    new Option('--format <name>', 'form of the answer').choices(['table', 'json', 'csv']).default('table'),
  )
  .option('--limit <number>', 'rows that are shown', wholeNumber(1, 1_000_000), 10_000)
  .option(...urlOption)
  .option(...dataOption)
  .action(async (sql: string, options) => {
    const { query } = await import('./cli/query.ts');
    exitCode = await query({ sql, ...options, signal: interrupt.signal });
  });

program
  .command('mcp')
  .description('tools for coding agents over the store (MCP): search traces, read a trial, explain a verdict')
  .option(...urlOption)
  .option(...dataOption)
  .action(async (options) => {
    const { mcp } = await import('./cli/mcp/mcp.ts');
    exitCode = await mcp({ ...options, signal: interrupt.signal });
  });

program
  .command('loops')
  .description('stored traces that looped: what, how often, and what it wasted')
  .option('--from <time>', 'traces that start then or later; default: seven days ago', moment)
  .option('--to <time>', 'traces that start before', moment)
  .option('--agent <name>', 'only traces in which this agent works')
  .option(
    '--min-steps <number>',
    'steps in a row without progress that make a loop',
    wholeNumber(2, 1_000_000),
    4,
  )
  .addOption(new Option('--format <name>', 'form of the answer').choices(['table', 'json']).default('table'))
  .option('--seconds <number>', 'how long to look at most', wholeNumber(1, 86_400), 600)
  .option(...urlOption)
  .option(...dataOption)
  .action(async (options) => {
    const { loops } = await import('./cli/loops.ts');
    exitCode = await loops({ ...options, signal: interrupt.signal });
  });

program
  .command('alerts')
  .description('alerts on what is stored')
  .command('test')
  .description('send one event to the webhook of the configuration, to see that it arrives')
  .option('--config <file>', 'the configuration; default: rehearse.config.json')
  .action(async (options) => {
    const { testAlerts } = await import('./cli/alerts.ts');
    exitCode = await testAlerts(options);
  });

program
  .command('capture')
  .description('turn a stored trace into a draft scenario with its world and a cassette')
  .argument('<trace-id>', 'id of the trace, as its page and `rehearse loops` show it')
  .option('--out <directory>', 'where its files go', '.rehearse/captured')
  .option(...urlOption)
  .option(...dataOption)
  .action(async (traceId: string, options) => {
    const { capture } = await import('./cli/capture.ts');
    exitCode = await capture({ traceId, ...options, signal: interrupt.signal });
  });

for (const [task, description] of [
  ['remap', 'read stored spans again with the mapper of this version, prices included'],
  ['reprice', 'price stored calls again by the price list of this version'],
] as const) {
  const command = program
    .command(task)
    .description(description)
    .option('--from <time>', 'spans that start then or later: 2026-11-22, or a time in ISO 8601', moment)
    .option('--to <time>', 'spans that start then or before', moment);
  if (task === 'remap') command.option('--all', 'also spans that this version of the mapper has read');
  command
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { maintain } = await import('./cli/maintain.ts');
      exitCode = await maintain(task, { ...options, signal: interrupt.signal });
    });
}

program
  .command('retention')
  .description('remove what is past its age by rehearse.config.json, as the collector does once a day')
  .option('--dry-run', 'show how many rows and bytes would go, and change nothing')
  .option('--trust-clock', 'the clock is right, though it leapt')
  .option(...urlOption)
  .option(...dataOption)
  .action(async (options) => {
    const { retention } = await import('./cli/retention.ts');
    exitCode = await retention({ ...options, signal: interrupt.signal });
  });

program
  .command('backup')
  .description('back up everything while it is in use: all projects, what waits on disk, the configuration')
  .argument('<directory>', 'where it goes: a new directory')
  .option(
    '--config <file>',
    'configuration to keep with it; default: rehearse.config.json, where there is one',
  )
  .option(...urlOption)
  .option(...dataOption)
  .action(async (directory: string, options) => {
    const { backup } = await import('./cli/backup.ts');
    exitCode = await backup({ directory, ...options, signal: interrupt.signal });
  });

program
  .command('restore')
  .description('bring a backup back into an empty store, row for row; no collector may run on it')
  .argument('<directory>', 'what `rehearse backup` wrote')
  .option('--into', 'add it to what is stored already')
  .option(...dataOption)
  .action(async (directory: string, options) => {
    const { restore } = await import('./cli/backup.ts');
    exitCode = await restore({ directory, ...options });
  });

program
  .command('export')
  .description('write what a project holds to Parquet or JSON lines, a file a table, with a manifest')
  .requiredOption('--out <directory>', 'where the files go: a new directory')
  .option('--from <time>', 'what happened then or later: 2026-11-22, or a time in ISO 8601', moment)
  .option('--to <time>', 'what happened before', moment)
  .option('--tables <names>', 'only these tables, parted by commas', names)
  .addOption(
    new Option('--format <name>', 'form of the files').choices(['parquet', 'jsonl']).default('parquet'),
  )
  .option(...urlOption)
  .option(...dataOption)
  .action(async (options) => {
    const { exportData } = await import('./cli/export.ts');
    exitCode = await exportData({ ...options, signal: interrupt.signal });
  });

const deleter = program
  .command('delete')
  .description('delete for good what is stored, also where it is sent again');
for (const [kind, what] of [
  ['trace', 'a trace, with its log records and the trial it was made in'],
  ['subject', 'everything of a lead, a session or a user: its traces, records and outcomes'],
  ['project', 'everything a project holds up to now'],
] as const) {
  deleter
    .command(kind)
    .description(what)
    .argument('<id>')
    .option('--yes', 'delete; without it what would be deleted is shown')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (id: string, options) => {
      const { deleteData } = await import('./cli/delete.ts');
      exitCode = await deleteData({ kind, id, ...options, signal: interrupt.signal });
    });
}

const importer = program
  .command('import')
  .description('turn tasks and recorded runs of others into scenarios');

for (const [name, description, holds] of [
  [
    'tau2',
    "tau2-bench's airline and retail tasks, as pack files",
    'a checkout of it, or its data/tau2/domains',
  ],
  ['bfcl', "BFCL's multi-turn tasks, as pack files", 'BFCL_v4_multi_turn_*.json and possible_answer/'],
] as const) {
  importer
    .command(name)
    .description(description)
    .argument('<directory>', holds)
    .option('--out <directory>', 'where the pack files go', '.rehearse/packs')
    .action(async (directory: string, options) => {
      const { importTasks } = await import('./cli/import-tasks.ts');
      const { importTau2, importBfcl } = await import('./harness/index.ts');
      const read = name === 'tau2' ? importTau2 : importBfcl;
      exitCode = await importTasks({ read, directory, ...options });
    });
}

importer
  .command('store')
  .description('what `rehearse export` wrote, into a store; again changes nothing')
  .argument('<directory>', 'directory that holds export.json')
  .option(...urlOption)
  .option(...dataOption)
  .action(async (directory: string, options) => {
    const { importData } = await import('./cli/export.ts');
    exitCode = await importData({ directory, ...options, signal: interrupt.signal });
  });

importer
  .command('tau-airline')
  .description("tau-bench's airline world and its recorded gpt-4o runs")
  .argument('<directory>', 'directory that holds flights.json, users.json, reservations.json and the runs')
  .addOption(
    new Option('--door <name>', 'way into the world: intercepted requests, or the HTTP gateway')
      .choices(['in-process', 'http'])
      .default('in-process'),
  )
  .option(...dataOption)
  .action(async (directory: string, options) => {
    const { importTauAirlineRuns } = await import('./cli/import-tau-airline.ts');
    exitCode = await importTauAirlineRuns({ directory, ...options, signal: interrupt.signal });
  });

program
  .command('seed')
  .description('play a simulated sales campaign into the store: traces, messages, replies')
  .option('--days <number>', 'how long it has been running', wholeNumber(1, 365), 30)
  .option('--leads <number>', 'leads that are first written to each day', wholeNumber(1, 2000), 60)
  .option('--seed <text>', 'same seed, same campaign', '1')
  .option(...dataOption)
  .action(async (options) => {
    const { seed } = await import('./cli/seed.ts');
    exitCode = await seed({ ...options, signal: interrupt.signal });
  });

program
  .command('demo')
  .description('the whole path in a minute: serve, rehearse the sdr pack, judge, show')
  .option('--once', 'end after the verdict, with its exit code')
  .option('--port <number>', 'port of collector and dashboard', wholeNumber(0, 65_535), 4318)
  .option(...dataOption)
  .action(async (options) => {
    const { demo } = await import('./cli/demo.ts');
    exitCode = await demo({ ...options, signal: interrupt.signal });
  });

/** Runs the command that the arguments of this process name, and sets its exit code. */
export async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(new Error(signal)));
  }
  // Who reads has enough, as `rehearse list | head` does: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 3);
  });
  // What a command loads is compiled once, not at every start.
  enableCompileCache();
  try {
    await program.parseAsync();
  } catch (error) {
    exitCode = report(error);
  }
  process.exitCode = exitCode;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (interrupt.signal.aborted) {
    console.error('rehearse: interrupted');
    return 130;
  }
  if (error instanceof AppError) {
    console.error(`rehearse: ${error.code}: ${error.message}\n  ${error.hint}`);
    return error.exit;
  }
  console.error(error);
  return 3;
}

if (process.argv[1] === import.meta.filename) await main();
