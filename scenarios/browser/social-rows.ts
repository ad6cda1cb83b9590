import { type Fixture, randomStream, slot } from '../../harness/index.ts';
import { drawing } from './drawing.ts';

const FIRST = ['Ada', 'Bo', 'Cleo', 'Dag', 'Elin', 'Finn', 'Gro', 'Hugo', 'Ida', 'Jon', 'Kari', 'Liv'];
const LAST = ['Aas', 'Berg', 'Dahl', 'Ek', 'Falk', 'Grip', 'Holm', 'Lund', 'Moe', 'Sand', 'Tveit', 'Vik'];
const BIOS = [
  'Boats, knots and bad weather.',
  'Writes compilers, bakes bread.',
  'Teacher. Opinions are mine, typos too.',
  'Lighthouses of the north, one a day.',
  'Gardening at 63 degrees north.',
  'Here for the chess and the cats.',
];
const POSTS = [
  'The ferry is late again, so I counted gulls. Forty-one.',
  'First sourdough that did not double as a door stop.',
  'If you name your branch "final", it will not be.',
  'Sunrise at nine. We take what we get.',
  'Does anybody know a good book about tides? Not a novel, a book with tables.',
  'The regatta is moved to Sunday. Bring soup.',
];

/** A network of 130 people, of whom the user follows 48. */
export const town: Fixture = {
  'social.session': [{ id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false }],
  'social.people': people(),
  'social.follows': people()
    .filter(({ handle }, index) => index % 3 === 1 && !handle.startsWith('mira-') && handle !== 'ada-berg')
    .slice(0, 44)
    .map(({ handle }) => ({ handle, since: '2025-06-01T10:00:00.000Z' }))
    .concat(['tove-sand', 'knut-vik'].map((handle) => ({ handle, since: '2025-11-02T10:00:00.000Z' }))),
  'social.posts': posts(),
};

function people() {
  const { pick, whole } = drawing(randomStream('sites', 'people'));
  const drawn = FIRST.flatMap((first, row) =>
    LAST.filter((_, column) => (row + column) % 12 < 10).map((last) => ({
      handle: `${first}-${last}`.toLowerCase(),
      name: `${first} ${last}`,
      bio: pick(BIOS),
      followers: whole(3, 9000),
    })),
  );
  return [
    ...drawn,
    person('mira-strand', 'Mira Strand', 'Harbour pilot. Photographs fog.', 812),
    person('mira-strand-2', 'Mira Strand', 'My old account. I write at the other one.', 4),
    person('tove-sand', 'Tove Sand', 'Sells used sails.', 377),
    person('knut-vik', 'Knut Vik', 'Chess by post.', 59),
    person('nora', 'Nora Lind', 'Runs a small shop by the sea.', 240),
  ];
}

function person(handle: string, name: string, bio: string, followers: number) {
  return { handle, name, bio, followers };
}

function posts() {
  const { pick, whole } = drawing(randomStream('sites', 'posts'));
  const handles = people().map(({ handle }) => handle);
  const drawn = Array.from({ length: 60 }, (_, index) => ({
    id: `p_${index + 1}`,
    author: pick(handles.filter((handle) => handle !== 'nora')),
    text: pick(POSTS),
    posted_at: `2026-02-${String(whole(1, 28)).padStart(2, '0')}T${String(whole(6, 22)).padStart(2, '0')}:15:00.000Z`,
  }));
  return [
    ...drawn,
    {
      id: 'p_mira',
      author: 'mira-strand',
      text: slot('post', 'Fog until noon. I love this job.'),
      posted_at: '2026-03-01T21:00:00.000Z',
    },
  ];
}
