import type { Command, Option } from 'commander';

/** The page of docs that tells every command with its arguments and options, as they are declared. */
export function commandPage(program: Command): string {
  const groups = Map.groupBy(program.commands, (command) => command.helpGroup());
  const told = [...groups].map(([group, commands]) => {
    const parts = commands.filter((sub) => sub.name() !== 'help').flatMap(withSubcommands);
    return `## ${group.replace(/:$/, '')}\n${parts.map(commandPart).join('\n')}`;
  });
  return `# Commands
This page is made of the declarations in \`cli/commands/\` by \`npm run schema\`; \`rehearse <command> --help\` says the same. Run
them as \`npx rehearse ...\` where the package is installed, as \`npm run rehearse -- ...\` in a checkout.

${escaped(program.description())}

Exit codes: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive where the policy says so, 130 interrupted
([errors](errors.md)). Settings of the collector come from the [environment](#environment) too.

${told.join('\n')}
${environment}`;
}

/** Leaves alone: a command with subcommands does nothing by itself. */
function withSubcommands(command: Command): Command[] {
  const { commands } = command;
  return commands.length === 0
    ? [command]
    : commands.filter((sub) => sub.name() !== 'help').flatMap(withSubcommands);
}

function commandPart(command: Command): string {
  const rows = [
    ...command.registeredArguments.map((argument) => [
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      argument.description,
      defaultOf(argument),
    ]),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .map((option) => [option.flags, meaningOf(option), defaultOf(option)]),
  ];
  const table = rows
    .map((row) => `| \`${row[0]}\` | ${escaped(row[1] ?? '')} | ${row[2] ?? ''} |`)
    .join('\n');
  const [first = '', ...rest] = escaped(command.description());
  const head = `### ${pathOf(command)}\n${first.toUpperCase()}${rest.join('')}.\n`;
  return rows.length === 0 ? head : `${head}\n| | | default |\n|---|---|---|\n${table}\n`;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function meaningOf({ description, argChoices, mandatory }: Option): string {
  const choices = argChoices ? ` (${argChoices.join(', ')})` : '';
  return `${description}${choices}${mandatory ? '; required' : ''}`;
}

function defaultOf({ defaultValue }: Pick<Option, 'defaultValue'>): string {
  return defaultValue === undefined || defaultValue === true ? '' : `\`${[defaultValue].flat().join(',')}\``;
}

/** As text of a cell. */
function escaped(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .split(/(`[^`]*`)/)
    .map((part, place) => (place % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('');
}

const environment = `## Environment
| variable | of which command | what it is |
|---|---|---|
| \`REHEARSE_URL\` | all that ask or store | a collector to use, instead of one on the data directory |
| \`REHEARSE_KEY\` | the same | the [key](../how-to/projects-and-keys.md) that it is asked with |
| \`CLICKHOUSE_URL\` | \`serve\` and whatever starts a collector | \`http://user:password@host:8123/database\` instead of an own ClickHouse; of several shards one each, parted by commas |
| \`CLICKHOUSE_CLUSTER\` | the same | the [cluster](../how-to/move-to-a-cluster.md) that joins these shards |
| \`REHEARSE_HOUSEKEEPING\` | the same | \`off\`: another collector of the database [keeps its figures](../how-to/run-several-collectors.md) |
| \`REHEARSE_MAX_BODY_BYTES\` | the same | of a request, before and after inflating; 64 MiB |
| \`REHEARSE_MAX_SEGMENT_BYTES\` | the same | of what may [wait for ClickHouse](segments.md); 1 GiB |
| \`REHEARSE_OIDC_ISSUER\`, \`REHEARSE_OIDC_CLIENT_ID\`, \`REHEARSE_OIDC_CLIENT_SECRET\`, \`REHEARSE_PUBLIC_URL\` | the same | [signing in](../how-to/projects-and-keys.md#people) by OpenID Connect |
| \`OPENAI_BASE_URL\`, \`OPENAI_API_KEY\`, \`OPENAI_SMALL_MODEL\` | \`run\`, \`ci\`, \`compare\` | a [real model](../how-to/real-models.md) |
| \`REHEARSE_USER_MODEL\` | the same | the real model that plays [users of kind \`model\`](../how-to/real-models.md#a-user-played-by-a-model) |
| \`GITHUB_TOKEN\`, \`GITHUB_REPOSITORY\`, \`GITHUB_REF\`, \`GITHUB_API_URL\` | \`comment\` | as GitHub Actions sets them |
`;
