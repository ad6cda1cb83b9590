import { Option } from 'commander';
import { portOrOff, wholeNumber } from '../option-values.ts';

export const dataOption = [
  '--data <directory>',
  'where ClickHouse keeps its data',
  '.rehearse/data',
] as const;

export const portOption = [
  '--port <number>',
  'port of collector and dashboard',
  wholeNumber(0, 65_535),
  4318,
] as const;

export const grpcPortOption = [
  '--grpc-port <number>',
  'port of OTLP over gRPC; "off" for none',
  portOrOff,
  4317,
] as const;

export const hostOption = [
  '--host <address>',
  'address to listen on; one that others reach needs a key or a person (default: 127.0.0.1)',
] as const;

export const serverConfigOption = [
  '--config <file>',
  'configuration; default: rehearse.config.json, where there is one',
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
