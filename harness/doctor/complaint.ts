/** What is wrong with a scenario, where, and what to do about it. */
export type Complaint = {
  /** Of the field within the scenario; `[]`: the scenario as a whole. */
  path: readonly PropertyKey[];
  /** What was expected and what came. */
  message: string;
  cure: string;
};

/** `expect.effects[0].table` */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
