import type { Json } from '../../../domain/json.ts';
import { calculate } from './calculate.ts';
import { defineTool } from './tool.ts';
import { ToolError } from './tool-error.ts';

export const think = defineTool('think', ['thought'], () => '');

export const transferToHumanAgents = defineTool(
  'transfer_to_human_agents',
  ['summary'],
  () => 'Transfer successful',
);

export const calculateTool = defineTool('calculate', ['expression'], ({ expression }) =>
  calculate(textOf(expression)),
);

function textOf(expression: Json): string {
  if (typeof expression !== 'string') throw new ToolError('invalid characters in expression');
  return expression;
}
