import { createHash } from 'node:crypto';

/** A company of the directory, in the columns of the service `companies`. */
type Company = {
  domain: string;
  name: string;
  industry: string;
  country: string;
  city: string;
  employees: number;
  founded: number;
  description: string;
};
/** A lead, in the columns of the service `crm`. */
type Lead = {
  id: string;
  name: string;
  email: string;
  company: string;
  title: string;
  status: string;
  owner: string;
  phone: null;
};
export type Leads = { companies: Company[]; contacts: Lead[] };

const PLACES = [
  {
    country: 'Germany',
    cities: ['Kassel', 'Rostock', 'Ulm', 'Bremen'],
    endings: ['Technik', 'Werke', 'Pumpen'],
  },
  { country: 'Norway', cities: ['Bergen', 'Tromsø', 'Stavanger'], endings: ['Marine', 'Verk', 'Sjømat'] },
  { country: 'Poland', cities: ['Łódź', 'Gdynia', 'Poznań'], endings: ['Stal', 'Logistyka', 'Okna'] },
  {
    country: 'Portugal',
    cities: ['Porto', 'Braga', 'Setúbal'],
    endings: ['Cortiça', 'Têxteis', 'Conservas'],
  },
  {
    country: 'United Kingdom',
    cities: ['Hull', 'Leeds', 'Swansea'],
    endings: ['Castings', 'Foods', 'Freight'],
  },
];
const INDUSTRIES = ['Machinery', 'Food', 'Logistics', 'Textiles', 'Chemicals', 'Construction'];
const FAMILIES =
  'Aldric Bramwell Castor Dravin Elmstad Fjord Garrow Halder Ilmen Jorvik Kestrel Lunden Marlow Norden Orlan Penrose Quill Ravn Sorel Tarn Ulvik Varga Wexley Ystad Zoran'.split(
    ' ',
  );
const GIVEN =
  'Ada Bruno Clara Dario Elsa Farid Greta Hamza Ines Jonas Kasia Lior Mira Nils Olga Pedro Ruth Samir Tove Umar Vera Wim Xenia Yara Zeno'.split(
    ' ',
  );
const TITLES = ['Head of Sales', 'Head of Operations', 'Plant Manager', 'Buyer', 'Managing Director'];
const STATUSES = ['new', 'new', 'new', 'contacted', 'contacted', 'replied', 'opted_out', 'meeting_booked'];

/**
 * Companies and the people in them, all invented: the same seed gives the same ones. Names of companies are unique;
 * two people may share a name, but not an address.
 */
export function generateLeads({ seed = 'leads', companies = 120, contacts = 400 } = {}): Leads {
  const draw = drawing(seed);
  const made = Array.from({ length: companies }, (_, index): Company => {
    const place = draw.one(PLACES);
    const family = FAMILIES[index % FAMILIES.length] ?? '';
    const name = [
      family,
      draw.one(place.endings),
      index < FAMILIES.length ? '' : toRoman(Math.floor(index / FAMILIES.length) + 1),
    ]
      .filter(Boolean)
      .join(' ');
    const industry = draw.one(INDUSTRIES);
    const city = draw.one(place.cities);
    return {
      domain: `${plain(name)}.example`,
      name,
      industry,
      country: place.country,
      city,
      employees: Math.round(8 * 1.9 ** draw.number(9)) + draw.number(10),
      founded: 1900 + draw.number(120),
      description: `${name} is a company of ${city} in the trade of ${industry.toLowerCase()}.`,
    };
  });
  const taken = new Set<string>();
  const people = Array.from({ length: contacts }, (_, index): Lead => {
    const company = draw.one(made);
    const name = `${draw.one(GIVEN)} ${draw.one(FAMILIES)}`;
    const local = plain(name).replaceAll('-', '.');
    const address = `${local}@${company.domain}`;
    const email = taken.has(address) ? `${local}.${index}@${company.domain}` : address;
    taken.add(email);
    return {
      id: `lead_${index + 1}`,
      name,
      email,
      company: company.name,
      title: draw.one(TITLES),
      status: draw.one(STATUSES),
      owner: 'alice@lumenport.example',
      phone: null,
    };
  });
  return { companies: made, contacts: people };
}

/** The file as it lies beside this one. */
export function leadsFile(): string {
  return `${JSON.stringify(generateLeads(), null, 2)}\n`;
}

/** Draws that depend on the seed and on their number alone, the same on every machine. */
function drawing(seed: string) {
  let drawn = 0;
  const number = (below: number) =>
    createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32BE(0) % below;
  return {
    number,
    one<Item>(items: readonly Item[]): Item {
      const item = items[number(items.length)];
      if (item === undefined) throw new Error('expected something to draw from, got an empty list');
      return item;
    },
  };
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ø', 'o')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-');
}

function toRoman(number: number): string {
  return ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][number] ?? String(number);
}

if (import.meta.main) process.stdout.write(leadsFile());
