import { createHash } from 'node:crypto';

/** Subjects a prompt may name; what is said of each. */
const SIGHTS: readonly (readonly [word: RegExp, name: string, line: string])[] = [
  [
    /lake|water|sea|river|fjord/i,
    'Water',
    'It lies *still* until the wind turns, and then it answers in grey.',
  ],
  [/hill|mountain|meadow/i, 'Hills', 'Three lines, one behind the other, each paler than the last.'],
  [/forest|tree|pine|wood/i, 'Trees', 'Dark where they stand together, and gold at the edge.'],
  [/mist|fog|cloud|storm|rain|snow/i, 'Weather', 'Coming in from the west; the far side is already gone.'],
  [/dawn|sunset|night|noon|evening|morning/i, 'Light', 'Low and long. Every stone has a shadow of its own.'],
];
const OTHERWISE = ['Air', 'Clear, with **nothing** in it but a lark.'] as const;

const OPENINGS = [
  'The path goes up from the gate',
  'Nobody had been there since the thaw',
  'One hears the place before one sees it',
  'It is farther than the map would have it',
];
const WALKS = [
  'past a wall that somebody built to last',
  'over ground that gives a little',
  'between two birches — the only ones',
  'along the old fence, naïve as a drawing',
];
const ENDS = [
  'and then all of it is there at once 🏔️.',
  'and the rest of the day follows from that.',
  'and one stops, because one has to.',
  'and below, the valley: 山, 水, and a single roof.',
];

/** Notes on a landscape, in markdown: the same for the same prompt, and with characters of one to four bytes. */
export function notesOn(prompt: string, paragraphs: number): string {
  const dice = createHash('sha256').update(prompt).digest();
  const pick = (from: readonly string[], at: number): string =>
    from[(dice[at % dice.length] ?? 0) % from.length] ?? '';
  const named = SIGHTS.filter(([word]) => word.test(prompt)).map(([, name, line]) => [name, line] as const);
  const sights = named.length === 0 ? [OTHERWISE] : named;
  const walks = Array.from({ length: paragraphs }, (_, i) =>
    [pick(OPENINGS, i * 3), pick(WALKS, i * 3 + 1), pick(ENDS, i * 3 + 2)]
      .join(', ')
      .replace(', and then', ' and then'),
  );
  return [
    `## ${prompt.trim().replaceAll(/\s+/g, ' ')}`,
    ...walks,
    '### What was seen',
    sights.map(([name, line]) => `- **${name}.** ${line}`).join('\n'),
    '| Hour | Sky | Colour |\n| --- | --- | --- |\n| 06:10 | clear | `#e8c9a0` |\n| 12:30 | haze | `#b7c7d6` |\n| 20:45 | first stars | `#2b3350` |',
    `\`\`\`json\n${JSON.stringify({ prompt, paragraphs }, null, 2)}\n\`\`\``,
    '> Written down on the spot, in pencil.',
  ].join('\n\n');
}

/** As a language model would say it: some four characters at a time, never half a character. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/\s*\S{1,4}/gsu) ?? [];
}
