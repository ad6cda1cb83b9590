import { printable } from '../printable.ts';

/** What GitHub shows beside a line of the diff. */
export type Annotation = {
  level: 'error' | 'warning' | 'notice';
  /** Relative to the root of the repository; `null` where nobody knows the place. */
  place: { file: string; line: number } | null;
  title: string;
  message: string;
};

/**
 * An annotation as a workflow command: one line of a step's output that GitHub obeys. Whatever its parts hold, it stays
 * one command: percent signs, line breaks and, in properties, colons and commas are escaped.
 */
export function workflowCommand({ level, place, title, message }: Annotation): string {
  const properties = [
    ...(place ? [`file=${property(place.file)}`, `line=${place.line}`] : []),
    `title=${property(printable(title))}`,
  ];
  return `::${level} ${properties.join(',')}::${data(
    message
      .split(/\r\n|\r|\n/)
      .map(printable)
      .join('\n'),
  )}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
