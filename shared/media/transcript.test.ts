import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from '../json.ts';
import { areClose, moment, plainText, readSubtitles, subRip, transcriptsIn } from './transcript.ts';

describe('transcriptsIn', () => {
  it('reads chunks with pairs of times, an open end among them', () => {
    expect(
      transcriptsIn({
        text: 'Over the hills and far away.',
        chunks: [
          { timestamp: [0, 1.5], text: ' Over the hills', speaker: 'SPEAKER_00' },
          { timestamp: [1.5, null], text: ' and far away.' },
        ],
      }),
    ).toEqual([
      {
        path: ['chunks'],
        lines: [
          { start: 0, end: 1.5, text: 'Over the hills', speaker: 'SPEAKER_00' },
          { start: 1.5, end: null, text: 'and far away.', speaker: null },
        ],
      },
    ]);
  });

  it('puts words together by sentence, speaker, pause and length', () => {
    const word = (text: string, start: number, speaker_id = 'a'): object => ({
      text,
      start,
      end: start + 0.2,
      speaker_id,
    });
    const words = [
      word('Over', 0),
      { text: ' ', start: 0.2, end: 0.3, speaker_id: 'a', type: 'spacing' },
      word('there.', 0.3),
      word('Far', 0.6),
      word('away?', 0.8, 'b'),
      word('Yes', 1.1, 'b'),
      word('indeed', 9, 'b'),
    ];
    const [transcript] = transcriptsIn(asJson({ text: 'all', words }));
    expect(transcript?.lines.map(({ start, end, text, speaker }) => [start, end, text, speaker])).toEqual([
      [0, 0.5, 'Over there.', 'a'],
      [0.6, 0.8, 'Far', 'a'],
      [0.8, 1, 'away?', 'b'],
      [1.1, 1.3, 'Yes', 'b'],
      [9, 9.2, 'indeed', 'b'],
    ]);
    const long = Array.from({ length: 60 }, (_, i) => word('word', i / 5));
    const [lines] = transcriptsIn(asJson({ words: long }));
    expect(lines?.lines.every(({ text }) => text.length <= 90)).toBe(true);
    expect(lines?.lines.map(({ text }) => text).join(' ')).toBe(
      Array.from({ length: 60 }, () => 'word').join(' '),
    );
  });

  it('prefers lines to words, wherever they lie, and takes times alone where nothing is said', () => {
    const segment = { start_ms: 0, end_ms: 1250, text: 'Over there.' };
    const nested = { results: { segments: [segment], words: [{ word: 'Over', start: 0, end: 1 }] } };
    expect(transcriptsIn(nested)).toEqual([
      { path: ['results', 'segments'], lines: [{ start: 0, end: 1.25, text: 'Over there.', speaker: null }] },
    ]);
    expect(transcriptsIn({ timestamps: [{ start: 0.5, end: 2 }] })[0]?.lines).toEqual([
      { start: 0.5, end: 2, text: '', speaker: null },
    ]);
  });

  it('leaves alone what has no times', () => {
    expect(
      transcriptsIn({ objects: [{ label: 'a hill', start: 'left' }], words: [], images: ['a'] }),
    ).toEqual([]);
    expect(transcriptsIn({ segments: [{ start: 0, end: 1, text: 'a' }, { text: 'b' }] })).toEqual([]);
    expect(transcriptsIn({ segments: [{ start: -1, text: 'a' }] })).toEqual([]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const found = isJson(value) ? transcriptsIn({ segments: value }) : [];
        expect(found.every(({ lines }) => lines.every(({ start }) => start >= 0))).toBe(true);
      }),
    );
  });
});

const lines = [
  { start: 0, end: 1.5, text: 'Over the hills', speaker: null },
  { start: 3661.0405, end: null, text: 'and\nfar', speaker: 'Ann' },
];

it('writes lines as words and as SubRip', () => {
  expect(plainText(lines)).toBe('Over the hills\nAnn: and\nfar');
  expect(subRip(lines)).toBe(
    '1\n00:00:00,000 --> 00:00:01,500\nOver the hills\n\n2\n01:01:01,041 --> 01:01:04,041\nAnn: and\nfar\n',
  );
  expect([0, 59.9, 61, 3661].map((seconds) => moment(seconds))).toEqual(['0:00', '0:59', '1:01', '1:01:01']);
  expect([0.3, 61.99].map((seconds) => moment(seconds, true))).toEqual(['0:00.3', '1:01.9']);
  expect([areClose(lines), areClose([...lines, ...lines.slice(1)])]).toEqual([false, true]);
});

describe('readSubtitles', () => {
  it('reads what it wrote', () => {
    expect(readSubtitles(subRip(lines)).map(({ start, text }) => [start, text])).toEqual([
      [0, 'Over the hills'],
      [3661.041, 'Ann: and\nfar'],
    ]);
  });

  it('reads WebVTT with its head, names, marks and settings', () => {
    const vtt =
      'WEBVTT\r\n\r\nNOTE of no matter\r\n\r\nintro\r\n00:01.5 --> 00:02.000 align:start\r\n<v Ann>Over <i>there</i>\r\n';
    expect(readSubtitles(vtt)).toEqual([{ start: 1.5, end: 2, text: 'Over there', speaker: 'Ann' }]);
  });

  it('finds no line in other text', () => expect(readSubtitles('a,b\n1,2\n\n-->')).toEqual([]));
});

function asJson(value: unknown) {
  if (!isJson(value)) throw new Error('no JSON');
  return value;
}
