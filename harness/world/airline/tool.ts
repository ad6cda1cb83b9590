import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Table } from '../service.ts';
import { ToolError } from './tool-error.ts';

export type AirlineTables = { flights: Table; reservations: Table; users: Table };

/** One tool of the airline: takes its arguments as the agent gave them, answers with a text. */
export type Tool = {
  name: string;
  /** In the order in which their absence is reported. All are required, nothing is checked against a type. */
  parameters: readonly string[];
  /** @throws ToolError for a refusal, before the first write */
  run(args: JsonObject, tables: AirlineTables): string;
};

/** Declares a tool; `run` sees its parameters by name. */
export function defineTool<const Name extends string>(
  name: string,
  parameters: readonly Name[],
  run: (args: Readonly<Record<Name, Json>>, tables: AirlineTables) => string,
): Tool {
  return { name, parameters, run: (args, tables) => run(args as Record<Name, Json>, tables) };
}

/** Calls a tool as the original's dispatcher did: a refusal is an output like any other. */
export function callTool(tool: Tool, args: JsonObject, tables: AirlineTables): string {
  try {
    checkArguments(tool, args);
    return tool.run(args, tables);
  } catch (error) {
    if (error instanceof ToolError) return `Error: ${error.message}`;
    throw error;
  }
}

/** The complaints of Python about a call whose keyword arguments do not fit; `data` is a parameter of its own there. */
function checkArguments(tool: Tool, args: JsonObject): void {
  const callee = `${pascalCase(tool.name)}.invoke()`;
  if (Object.hasOwn(args, 'data')) {
    throw new ToolError(
      `tau_bench.envs.airline.tools.${tool.name}.${callee} got multiple values for keyword argument 'data'`,
    );
  }
  const unexpected = Object.keys(args).find((name) => !tool.parameters.includes(name));
  if (unexpected !== undefined) {
    throw new ToolError(`${callee} got an unexpected keyword argument '${unexpected}'`);
  }
  const missing = tool.parameters.filter((name) => !Object.hasOwn(args, name)).map((name) => `'${name}'`);
  if (missing.length === 0) return;
  const plural = missing.length === 1 ? 'argument' : 'arguments';
  throw new ToolError(
    `${callee} missing ${missing.length} required positional ${plural}: ${enumeration(missing)}`,
  );
}

function enumeration(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}

function pascalCase(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
