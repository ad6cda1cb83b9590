import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateLeads, leadsFile } from './generate.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

describe('the dataset of leads', () => {
  it('is what its generator makes', () => {
    expect(leadsFile() === read('leads.json')).toBe(true);
  });

  it('has the checksum and the counts of its card', () => {
    const { companies, contacts } = JSON.parse(read('leads.json'));
    const card = read('README.md');
    expect(card).toContain(createHash('sha256').update(read('leads.json')).digest('hex'));
    expect(card).toContain(`${companies.length} companies, ${contacts.length} contacts`);
  });

  it('names each company and each address once, and nobody who exists', () => {
    const { companies, contacts } = generateLeads();
    expect(new Set(companies.map(({ name }) => name)).size).toBe(companies.length);
    expect(new Set(contacts.map(({ email }) => email)).size).toBe(contacts.length);
    const names = new Set(companies.map(({ name }) => name));
    expect(contacts.every(({ company, email }) => names.has(company) && email.endsWith('.example'))).toBe(
      true,
    );
  });

  it('depends on its seed and on nothing else', () => {
    expect(generateLeads({ seed: 'a' })).toEqual(generateLeads({ seed: 'a' }));
    expect(generateLeads({ seed: 'a' })).not.toEqual(generateLeads({ seed: 'b' }));
  });
});
