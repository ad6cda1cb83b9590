import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JsonObject } from '../../domain/json.ts';
import type { Fixture } from '../../harness/index.ts';

const Leads = z.strictObject({ companies: z.array(JsonObject), contacts: z.array(JsonObject) });
const file = join(import.meta.dirname, '../../datasets/leads/leads.json');
const { companies, contacts } = Leads.parse(JSON.parse(readFileSync(file, 'utf8')));

/** The dataset of leads: a CRM and a directory in which whoever is meant is one of hundreds. */
export const crowd = {
  leads: { 'crm.contacts': contacts },
  directory: { 'companies.companies': companies },
} satisfies Record<string, Fixture>;
