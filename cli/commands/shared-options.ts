import { Option } from 'commander';

export const dataOption = [
  '--data <directory>',
  'where ClickHouse keeps its data',
  '.rehearse/data',
] as const;

export const urlOption = [
  '--url <url>',
  'a collector to ask instead of a data directory (REHEARSE_URL)',
] as const;

export const configOption = [
  '--config <file>',
  "configuration with the gate's policy; default: rehearse.config.ts, .js or .json, where there is one",
] as const;

/** An agent in any language, which is a command or a server. */
export const agentCommandOption = new Option(
  '--agent-command <command>',
  'an agent in any language: a command of the shell',
).conflicts(['agent', 'agentUrl']);
export const agentUrlOption = new Option('--agent-url <url>', 'an agent that is a server').conflicts('agent');
export const agentNameOption = [
  '--agent-name <name>',
  'its name: baselines are kept by it; default: the command or the host',
] as const;
export const agentVersionOption = ['--agent-version <version>', 'its version; default: unversioned'] as const;
export const noSpansOption = ['--no-spans', 'do not wait for spans: the agent sends none'] as const;

export const packArgument = [
  '<pack>',
  'name of a pack, or path of a file of scenarios (.json, .ts, .js)',
] as const;
