import { type Command, Option } from 'commander';
import { collect, names, wholeNumber } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import { dataOption, urlOption } from './shared-options.ts';

/** Commands about projects, keys and people. */
export function accessCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Let in programs and people:');
  const projectOption = ['--project <id>', 'the project that it is about; default: default'] as const;

  const project = program.command('project').description('projects: what is stored belongs to one');
  for (const task of ['add', 'remove'] as const) {
    project
      .command(task)
      .argument('<id>', 'lower-case letters, digits and "-"')
      .description(task === 'add' ? 'make a project' : 'close a project: its keys end, what is stored stays')
      .option(...urlOption)
      .option(...dataOption)
      .action(async (id: string, options) => {
        const { changeProject } = await import('../access.ts');
        exitWith(await changeProject(task, id, { ...options, signal }));
      });
  }
  project
    .command('list')
    .description('the projects there are')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { listProjects } = await import('../access.ts');
      exitWith(await listProjects({ ...options, signal }));
    });

  const key = program.command('key').description('keys: what programs send and ask with');
  key
    .command('add')
    .description('make a key of a project and print it, once')
    .option(...projectOption)
    .addOption(
      new Option('--scope <scopes>', 'ingest, runs, read, admin; several with commas')
        .argParser(names)
        .default(['ingest'], 'ingest'),
    )
    .option('--expires <days>', 'such as 90d; default: never')
    .option('--name <text>', 'what it is for')
    .option('--requests <number>', 'at most so many requests a second', wholeNumber(1, 1_000_000))
    .option('--bytes <number>', 'at most so many bytes a second', wholeNumber(1, 1_000_000_000))
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { addKey } = await import('../access.ts');
      exitWith(await addKey({ ...options, signal }));
    });
  key
    .command('list')
    .description('the keys of a project, with their last use')
    .option(...projectOption)
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { listKeys } = await import('../access.ts');
      exitWith(await listKeys({ ...options, signal }));
    });
  key
    .command('revoke')
    .argument('<id>', 'as it is listed')
    .description('end a key, at once')
    .option(...projectOption)
    .option(...urlOption)
    .option(...dataOption)
    .action(async (id: string, options) => {
      const { revokeKey } = await import('../access.ts');
      exitWith(await revokeKey(id, { ...options, signal }));
    });

  const person = program.command('person').description('people who may sign in to the dashboard');
  person
    .command('add')
    .argument('<email>', 'the address that they sign in with')
    .description(
      'let a person sign in, or change what they may do; the password is asked for, or read from standard input',
    )
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(['viewer', 'editor', 'admin'])
        .default('viewer'),
    )
    .option('--project <id>', 'only this project; several may be given', collect)
    .option('--no-password', 'they sign in by OpenID Connect alone')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (email: string, options) => {
      const { addPerson } = await import('../access.ts');
      exitWith(await addPerson(email, { ...options, signal }));
    });
  person
    .command('list')
    .description('who may sign in')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { listPeople } = await import('../access.ts');
      exitWith(await listPeople({ ...options, signal }));
    });
  person
    .command('remove')
    .argument('<email>', 'the address that they sign in with')
    .description('let a person sign in no more, and end their sessions')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (email: string, options) => {
      const { removePerson } = await import('../access.ts');
      exitWith(await removePerson(email, { ...options, signal }));
    });

  program
    .command('audit')
    .description('who did what when in a project')
    .option(...projectOption)
    .option('--limit <number>', 'entries that are shown', wholeNumber(1, 1000), 50)
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { audit } = await import('../access.ts');
      exitWith(await audit({ ...options, signal }));
    });
}
