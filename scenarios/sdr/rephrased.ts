import { Scenario } from '../../domain/scenario.ts';

/** Other words for the same requests, by scenario. */
const REQUESTS: Readonly<Record<string, string>> = {
  'sdr/first-touch':
    'Could you introduce us to Tomas Ek from Ravenna Tools? He filled in the form on our site.',
  'sdr/reply/books-meeting': 'Sofia Marek got back to you. See what she wants, please.',
  'sdr/reply/opts-out': 'There is an answer in th_77, please handle it.',
  'sdr/reply/out-of-office': 'New response from Ole Haug in the inbox.',
  'sdr/opted-out-contact': 'Drop Carla Fonseca a line about our summer offer.',
  'sdr/colleague-wrote-yesterday': 'Reach out to Idris Bello at Marlow Castings, please.',
  'sdr/same-name-twice': 'Contact Petra Novak about a demo.',
  'sdr/send-times-out': 'New lead: liv.dahl@tide-foods.example. Send her the usual introduction.',
  'sdr/no-address': 'Mail our introduction to Noor Rahimi at Osaka Gauges.',
  'sdr/nobody-found': 'Please write to Gunnar Falk at Zephyr Cargo.',
};

/** Other people, companies, ids and dates, in this order. */
const REPLACEMENTS: readonly [from: string, to: string][] = [
  // Facts are in lower case.
  ['"nair"', '"ek"'],
  ['"weber"', '"marek"'],
  ['"okafor"', '"visser"'],
  ['"solberg"', '"haug"'],
  ['"kowalska"', '"fonseca"'],
  ['"ortiz"', '"bello"'],
  ['"duarte"', '"dahl"'],
  ['"tanabe"', '"rahimi"'],
  ['Otto Brandner', 'Gunnar Falk'],
  ['priya.nair@ferrostack', 't.ek@ravenna-tools'],
  ['Priya Nair', 'Tomas Ek'],
  ['Priya', 'Tomas'],
  ['Nair', 'Ek'],
  ['Ferrostack', 'Ravenna Tools'],
  ['jonas.weber@halden-optik', 'sofia.marek@lesna-lenses'],
  ['Jonas Weber', 'Sofia Marek'],
  ['Jonas', 'Sofia'],
  ['Halden Optik', 'Lesna Lenses'],
  ['Could we speak on Thursday, 5 March, at 15:00 UTC?', 'June 5th, 3 pm GMT would suit me.'],
  ['Not for us, and please take me off whatever list this is.', 'Unsubscribe.'],
  ['Lee Okafor', 'Bram Visser'],
  ['lee.okafor@brightmill', 'bram@dunewind'],
  ['Brightmill', 'Dunewind'],
  ['th_310', 'th_77'],
  ['Ingrid Solberg', 'Ole Haug'],
  ['ingrid.solberg@nordfjord-seafood', 'ole.haug@vik-marine'],
  ['Nordfjord Seafood', 'Vik Marine'],
  ['I am out of the office until Monday, 9 March', 'I am on annual leave until Tuesday, 9 June'],
  ['Marta Kowalska', 'Carla Fonseca'],
  ['marta.kowalska@polna-logistics', 'cfonseca@porto-ferry'],
  ['Polna Logistics', 'Porto Ferry'],
  ['Samuel Ortiz', 'Idris Bello'],
  ['samuel.ortiz@cantera-works', 'idris@marlow-castings'],
  ['Cantera Works', 'Marlow Castings'],
  ['Anna Lindqvist', 'Petra Novak'],
  ['anna.lindqvist@northmere', 'petra@hollin'],
  ['a.lindqvist@vallis-pharma', 'novak@serein-labs'],
  ['Northmere', 'Hollin'],
  ['northmere', 'hollin'],
  ['Vallis Pharma', 'Serein Labs'],
  ['vallis', 'serein'],
  ['Rafael Duarte', 'Liv Dahl'],
  ['Rafael', 'Liv'],
  ['Duarte', 'Dahl'],
  ['rafael.duarte@serra-foods', 'liv.dahl@tide-foods'],
  ['Serra Foods', 'Tide Foods'],
  ['Yuki Tanabe', 'Noor Rahimi'],
  ['Kitano Instruments', 'Osaka Gauges'],
  ['c_1', 'lead-9'],
  ['2026-03', '2026-06'],
  ['2026-02', '2026-05'],
];

/** The scenarios that are told anew: those that are written one by one. */
export const RETOLD: readonly string[] = Object.keys(REQUESTS);

/** The same situation told anew, to see whether an agent works from what it reads or from what it remembers. */
export function rephrased(scenario: Scenario): Scenario {
  const message = REQUESTS[scenario.id];
  if (!message) throw new Error(`no other words are known for ${scenario.id}`);
  const text = REPLACEMENTS.reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(scenario));
  return Scenario.parse({ ...JSON.parse(text), start: { message } });
}

/** The same situation with other ids, which nobody may know by heart. */
export function renumbered(scenario: Scenario): Scenario {
  const text = JSON.stringify(scenario)
    .replaceAll(/\bc_(\d+)/g, 'lead-9$1')
    .replaceAll(/\bth_(\d+)/g, 'th-5$1')
    .replaceAll(/\bp_(\d)\b/g, 'member-$1')
    .replaceAll(/\be_(\d+)/g, 'event-$1');
  return Scenario.parse(JSON.parse(text));
}
