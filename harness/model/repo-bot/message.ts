/** The parts of a message by their headings: `# Request` and what stands below it. */
export function sectionsOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^# (.+)$/m).slice(1);
  const sections = new Map<string, string>();
  for (let place = 0; place < parts.length; place += 2) {
    sections.set(parts[place]?.trim() ?? '', parts[place + 1]?.trim() ?? '');
  }
  return sections;
}

export type Sections = ReturnType<typeof sectionsOf>;

/** Items of a list in a section, without their dashes. */
export function itemsOf(section: string | undefined): string[] {
  return (section ?? '').split('\n').flatMap((line) => /^- (.+)$/.exec(line)?.[1]?.trim() ?? []);
}

/** The first line of a request is its title. */
export function titleOf(request: string): string {
  return request.split('\n')[0] ?? '';
}
