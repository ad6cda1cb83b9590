import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const Step = z.object({
  name: z.string(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  shell: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  run: z.string().optional(),
});
const Action = z.object({
  inputs: z.record(
    z.string(),
    z.object({ default: z.string().optional(), required: z.boolean().optional() }),
  ),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({ using: z.literal('composite'), steps: z.array(Step) }),
});
export type Action = z.infer<typeof Action>;

export function readAction(file: string): Action {
  return Action.parse(parse(readFileSync(file, 'utf8')));
}

/** A job of GitHub in which the action is used. */
export type Job = {
  /** Of the action. */
  file: string;
  inputs: Record<string, string>;
  /** The context `github`, by dotted names. */
  github: Record<string, string>;
  /** The checked-out repository. */
  workspace: string;
  /** Of the runner: what is kept of one job is gone in the next. */
  temp: string;
  /** Of the repository: what a job of the main branch saves, later jobs find. */
  cache: string;
  environment: Record<string, string>;
};

export type JobEnd = {
  /** Of the step that failed, else 0. */
  exit: number;
  /** The steps that ran, by name. */
  ran: string[];
  log: string;
  summary: string;
  outputs: Record<string, string>;
};

type Context = { lookup(name: string): string; workspace: string };

/** Runs the steps as a runner does: conditions, contexts, files for outputs, bash that stops at the first error. */
export async function runAction(job: Job): Promise<JobEnd> {
  const { inputs, outputs, runs } = readAction(job.file);
  const known = new Map(Object.entries(job.github).map(([name, value]) => [`github.${name}`, value]));
  const context: Context = { lookup: (name) => known.get(name) ?? '', workspace: job.workspace };
  for (const [name, { default: value = '' }] of Object.entries(inputs))
    known.set(`inputs.${name}`, job.inputs[name] ?? filled(value, context));
  const summaryFile = join(job.temp, 'summary.md');
  mkdirSync(job.temp, { recursive: true });
  writeFileSync(summaryFile, '');
  const end = { exit: 0, ran: [] as string[], log: '' };
  for (const [place, step] of runs.steps.entries()) {
    if (end.exit !== 0 || (step.if && !isTrue(step.if, context))) continue;
    end.ran.push(step.name);
    const outputFile = join(job.temp, `output-${place}`);
    writeFileSync(outputFile, '');
    if (step.uses) standIn(step, context, job, outputFile);
    else {
      const { exit, log } = await runStep(step, context, job, { outputFile, summaryFile });
      end.log += log;
      end.exit = exit;
    }
    for (const [, name, value] of readFileSync(outputFile, 'utf8').matchAll(/^([\w-]+)=(.*)$/gm))
      known.set(`steps.${step.id}.outputs.${name}`, value ?? '');
  }
  return {
    ...end,
    summary: readFileSync(summaryFile, 'utf8'),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, { value }]) => [name, filled(value, context)]),
    ),
  };
}

function runStep(
  { run = '', env }: z.infer<typeof Step>,
  context: Context,
  job: Job,
  files: { outputFile: string; summaryFile: string },
): Promise<{ exit: number; log: string }> {
  const script = join(job.temp, 'step.sh');
  writeFileSync(script, run);
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: job.workspace,
    env: {
      ...process.env,
      ...job.environment,
      GITHUB_ACTION_PATH: dirname(job.file),
      GITHUB_WORKSPACE: job.workspace,
      GITHUB_OUTPUT: files.outputFile,
      GITHUB_STEP_SUMMARY: files.summaryFile,
      RUNNER_TEMP: job.temp,
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value, context)])),
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
    });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ exit: code ?? 1, log }));
  });
}

/** The actions of GitHub that ours uses, as far as it needs them. */
function standIn(step: z.infer<typeof Step>, context: Context, job: Job, outputFile: string): void {
  const given = Object.fromEntries(
    Object.entries(step.with).map(([name, value]) => [name, filled(String(value), context)]),
  );
  const file = resolve(job.workspace, given.path ?? '');
  const kept = join(job.cache, (given['restore-keys'] ?? given.key ?? '').replace(/\d+-\d+$/, ''));
  const [name] = (step.uses ?? '').split('@');
  if (name === 'actions/cache/restore') {
    if (!existsSync(kept)) return;
    mkdirSync(dirname(file), { recursive: true });
    cpSync(kept, file);
  } else if (name === 'actions/cache/save') cpSync(file, kept);
  else if (name === 'actions/upload-artifact') {
    if (!existsSync(file)) throw new Error(`nothing to upload at ${file}`);
    writeFileSync(outputFile, 'artifact-url=https://github.test/artifacts/1\n');
  } else throw new Error(`${step.uses} is not known here`);
}

function filled(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, context)));
}

function isTrue(condition: string, context: Context): boolean {
  const value = evaluate(condition.replace(/^\s*\$\{\{|\}\}\s*$/g, ''), context);
  return value !== '' && value !== false && value !== 'false';
}

/** GitHub's expressions are JavaScript's but for their names: `inputs.max-usd`. */
function evaluate(expression: string, { lookup, workspace }: Context): string | boolean {
  const words = /'[^']*'|[A-Za-z_][\w.-]*\(?/g;
  const body = expression.replace(words, (word) => {
    if (word.startsWith("'")) return word;
    return word.endsWith('(') ? word : `lookup(${JSON.stringify(word)})`;
  });
  const hashFiles = (path: string) => (existsSync(resolve(workspace, path)) ? 'some' : '');
  return new Function('lookup', 'hashFiles', `return (${body.replaceAll('\n', ' ')});`)(lookup, hashFiles);
}
