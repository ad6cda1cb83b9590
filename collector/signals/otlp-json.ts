/** OTLP's JSON: 64-bit integers as decimal text, doubles that JSON cannot carry as their names. */
export function otlpJson(value: unknown): string {
  return JSON.stringify(value, (_, member) => {
    if (typeof member === 'bigint') return member.toString();
    return typeof member === 'number' && !Number.isFinite(member) ? String(member) : member;
  });
}
