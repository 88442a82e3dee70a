import type { TimeOfDay } from './palettes.ts';
import { hashText } from './random.ts';

/** What a prompt asks for, as far as this painter understands it. */
export type Mood = {
  /** Chooses palette and composition where no word does. */
  readonly hash: number;
  readonly time: TimeOfDay;
  readonly terrain: 'mountains' | 'hills' | 'dunes';
  readonly season: 'none' | 'autumn' | 'spring' | 'summer' | 'winter';
  readonly water: boolean;
  readonly forest: boolean;
  /** 0..1, how thick the air in the valleys is. */
  readonly haze: number;
  readonly moon: boolean;
  readonly stars: boolean;
  readonly aurora: boolean;
  readonly birds: boolean;
  readonly boat: boolean;
  readonly snowfall: boolean;
  readonly rain: boolean;
  /** Degrees the palette's hue is turned towards a colour word, or null. */
  readonly tint: number | null;
};

type Word = keyof typeof WORDS;

const WORDS = {
  night: /\b(night|midnight|nocturn\w*|moon\w*|star(s|ry|light)?|galaxy|milky)\b/,
  moon: /\bmoon\w*\b/,
  stars: /\b(star(s|ry|light|lit)?|galaxy|milky|night|midnight)\b/,
  aurora: /\b(aurora|northern lights|polar lights)\b/,
  dawn: /\b(dawn|sunrise|morning|daybreak|first light)\b/,
  sunset: /\b(sunset|sundown|golden hour|evening glow|ember\w*|fiery)\b/,
  dusk: /\b(dusk|twilight|evening|blue hour|gloaming)\b/,
  day: /\b(day|noon|midday|afternoon|sunny|clear sky|bright|summer)\b/,
  storm: /\b(storm\w*|thunder\w*|tempest|rain\w*|downpour|dramatic)\b/,
  rain: /\b(rain\w*|downpour|drizzle)\b/,
  mist: /\b(mist\w*|fog\w*|haz[ey]\w*|cloud inversion|dreamy|ethereal)\b/,
  desert: /\b(desert|dunes?|sahara|sand(s|y)?|arid|canyon)\b/,
  winter: /\b(snow\w*|winter\w*|ice|icy|frost\w*|frozen|glacier|arctic|alps?|alpine)\b/,
  snowfall: /\b(snowfall|snowing|snowstorm|blizzard|snowflakes?)\b/,
  autumn: /\b(autumn\w*|fall colou?rs|maple|october|fall)\b/,
  spring: /\b(spring\w*|blossoms?|cherry|sakura|bloom\w*|april)\b/,
  summer: /\b(summer\w*|meadow\w*|lush|green|july)\b/,
  water:
    /\b(sea|lakes?|ocean|river|fjord|bay|coast\w*|shore|water\w*|reflect\w*|pond|loch|harbou?r|island|lagoon)\b/,
  forest: /\b(forests?|woods?|woodland|pines?|trees?|taiga|jungle|grove|firs?|spruces?|cabin)\b/,
  hills: /\b(hills?\w*|rolling|meadow\w*|valley|countryside|moor|downs|pasture|tuscan\w*)\b/,
  mountains: /\b(mountains?|peaks?|summit|alps?|alpine|ridges?|cliffs?|himalaya\w*|range)\b/,
  birds: /\b(birds?|geese|gulls?|cranes?|swallows?|flock|heron)\b/,
  boat: /\b(boats?|sail\w*|ship|canoe|fisher\w*|rowing)\b/,
} as const;

const TINTS: readonly (readonly [RegExp, number])[] = [
  [/\b(red|crimson|scarlet)\b/, -28],
  [/\b(orange|amber|gold(en)?)\b/, -12],
  [/\b(pink|rose|magenta)\b/, -40],
  [/\b(purple|violet|lavender)\b/, -60],
  [/\b(teal|turquoise|emerald)\b/, 40],
];

/** Reads a prompt. Words in `negative` switch off what they name. */
export function readMood(prompt: string, negative = ''): Mood {
  const text = prompt.toLowerCase();
  const refused = negative.toLowerCase();
  const allows = (word: Word) => !WORDS[word].test(refused);
  const has = (word: Word) => WORDS[word].test(text) && allows(word);
  const hash = hashText(text.trim());
  /** A share of the hash that is not used twice. */
  const share = (bit: number) => ((hash >>> bit) & 255) / 255;

  const aurora = has('aurora');
  const time = chooseTime(has, aurora, share(3));
  const night = time === 'night';
  const terrain = chooseTerrain(has, share(9));
  const water =
    has('water') ||
    has('boat') ||
    (terrain !== 'dunes' && !has('forest') && allows('water') && share(13) < 0.34);
  const season = has('winter')
    ? 'winter'
    : has('autumn')
      ? 'autumn'
      : has('spring')
        ? 'spring'
        : has('summer')
          ? 'summer'
          : 'none';
  return {
    hash,
    time,
    terrain,
    season,
    water,
    forest:
      has('forest') ||
      season === 'autumn' ||
      season === 'spring' ||
      (terrain !== 'dunes' && allows('forest') && share(17) < 0.6),
    haze: has('mist') ? 1 : has('storm') ? 0.75 : 0.35 + 0.4 * share(5),
    moon: has('moon') || (night && !aurora && allows('moon')),
    stars: (night && allows('stars')) || has('stars'),
    aurora,
    birds: has('birds') || (!night && allows('birds') && share(21) < 0.3),
    boat: has('boat'),
    snowfall: has('snowfall'),
    rain: has('rain'),
    tint: TINTS.find(([word]) => word.test(text))?.[1] ?? null,
  };
}

function chooseTime(has: (word: Word) => boolean, aurora: boolean, share: number): TimeOfDay {
  if (has('night') || aurora) return 'night';
  if (has('desert') && !has('sunset') && !has('dusk')) return 'desert';
  if (has('sunset')) return 'sunset';
  if (has('dusk')) return 'dusk';
  if (has('dawn')) return 'dawn';
  if (has('storm')) return 'storm';
  if (has('winter')) return 'winter';
  if (has('mist')) return 'mist';
  if (has('day')) return 'day';
  const free: readonly TimeOfDay[] = ['dawn', 'sunset', 'day', 'dusk', 'mist', 'dawn', 'sunset'];
  return free[Math.floor(share * 6.99)] ?? 'dawn';
}

function chooseTerrain(has: (word: Word) => boolean, share: number): Mood['terrain'] {
  if (has('desert')) return 'dunes';
  if (has('mountains')) return 'mountains';
  if (has('hills')) return 'hills';
  return share < 0.68 ? 'mountains' : 'hills';
}
