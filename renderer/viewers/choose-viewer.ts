import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { endingOf, kindOfStored, plainType } from '../../shared/media/kind.ts';
import type { MediaKind } from '../../shared/media/kind.ts';
import { transcriptsIn } from '../../shared/media/transcript.ts';
import type { TimedLine } from '../../shared/media/transcript.ts';
import type { Run, RunMedia, StoredMedia } from '../../shared/runs/run.ts';

type Path = readonly (string | number)[];
type Remote = Extract<RunMedia, { kind: 'remote' }>;

/** How a stored file is shown. `text`: read and shown as words; `file`: named, and there to be saved. */
export type FileViewer = 'image' | 'video' | 'audio' | 'model' | 'text' | 'file';

/** One thing a result brought, as what it is. */
export type Part =
  | { readonly kind: 'stored'; readonly path: Path; readonly viewer: FileViewer; readonly file: StoredMedia }
  /** Several sounds, to be heard beside each other. */
  | { readonly kind: 'tracks'; readonly path: Path; readonly files: readonly StoredMedia[] }
  /** A file that is only at its address. */
  | { readonly kind: 'remote'; readonly path: Path; readonly media: Remote }
  | { readonly kind: 'transcript'; readonly path: Path; readonly lines: readonly TimedLine[] }
  /** The words of the output, each with its name. */
  | { readonly kind: 'texts'; readonly path: Path; readonly texts: readonly NamedText[] }
  /** Nothing of the above: the output as it is. */
  | { readonly kind: 'json'; readonly path: Path; readonly value: JsonValue };

export type NamedText = readonly [name: string, text: string];

/**
 * How a file is shown. Its bytes were asked first, when it was stored; where they leave it open, the name of its property
 * (`medium`) and the ending of its name or address decide.
 */
export function viewerOf({ contentType, medium, fileName, url }: StoredMedia): FileViewer {
  const kind: MediaKind = kindOfStored(contentType, medium);
  if (kind === 'model') {
    const type = plainType(contentType);
    // Only glTF can be drawn here. Where no type is told the ending is all there is.
    const drawn = type === undefined || type === 'text/plain' || type === 'application/json';
    const ending = endingOf(fileName) === 'bin' ? endingOf(url) : endingOf(fileName);
    if (type?.startsWith('model/gltf') || (drawn && (ending === 'glb' || ending === 'gltf'))) return 'model';
    return 'file';
  }
  if (kind !== 'file') return kind;
  const type = plainType(contentType);
  return type !== undefined && isTextType(type) ? 'text' : 'file';
}

const isTextType = (type: string): boolean =>
  type.startsWith('text/') ||
  ['application/json', 'application/x-ndjson', 'application/x-subrip'].includes(type);

/** What a result brought, in the order of its output; one `json` where nothing of it can be shown otherwise. */
export function partsOf({ output, media }: Pick<Run, 'output' | 'media'>): readonly Part[] {
  const transcripts = transcriptsIn(output);
  const texts = textsIn(output, media.length > 0 || transcripts.length > 0);
  const parts: Part[] = [
    ...together(
      media.map((item): Part =>
        item.kind === 'stored'
          ? { kind: 'stored', path: item.path, viewer: viewerOf(item), file: item }
          : { kind: 'remote', path: item.path, media: item },
      ),
    ),
    ...transcripts.map(({ path, lines }): Part => ({ kind: 'transcript', path, lines })),
    ...(texts.length === 0 ? [] : [{ kind: 'texts' as const, path: [texts[0]?.[0] ?? ''], texts }]),
  ];
  if (parts.length === 0) return output === null ? [] : [{ kind: 'json', path: [], value: output }];
  const order = isJsonObject(output) ? Object.keys(output) : [];
  const place = ({ path }: Part): number => order.indexOf(String(path[0] ?? ''));
  return parts.toSorted((a, b) => place(a) - place(b));
}

/** Sounds of one result as one part, where the first of them stands. */
function together(parts: readonly Part[]): readonly Part[] {
  const files = parts.flatMap((part) => (part.kind === 'stored' && part.viewer === 'audio' ? part.file : []));
  const [first] = files;
  if (first === undefined || files.length === 1) return parts;
  return parts.flatMap((part): readonly Part[] => {
    if (part.kind !== 'stored' || part.viewer !== 'audio') return [part];
    return part.file === first ? [{ kind: 'tracks', path: first.path, files }] : [];
  });
}

/** Which of them is seen first: what a person came for, before what came along with it. */
export function mainPart(parts: readonly Part[]): number {
  const weights = parts.map(weight);
  return Math.max(0, weights.indexOf(Math.max(...weights)));
}

const POSTER = /thumb|preview|poster|texture/i;

/** The picture a model gave to stand for its film. */
export function posterOf(parts: readonly Part[]): StoredMedia | undefined {
  for (const part of parts)
    if (
      part.kind === 'stored' &&
      part.viewer === 'image' &&
      /thumb|preview|poster/i.test(part.path.join(' '))
    )
      return part.file;
  return undefined;
}

function weight(part: Part): number {
  switch (part.kind) {
    case 'stored': {
      // A picture beside a film or an object is its poster.
      const weights = { video: 6, model: 6, audio: 5, image: 5, text: 2, file: 1 } as const;
      return POSTER.test(part.path.join(' ')) ? 2 : weights[part.viewer];
    }
    case 'tracks':
      return 5;
    case 'remote':
      return part.media.medium === 'file' ? 1 : 4;
    case 'transcript':
      return part.lines.some(({ text }) => text !== '') ? 3.5 : 1;
    case 'texts':
      return 3;
    case 'json':
      return 0;
  }
}

/** Beside other parts only what is said to be words, or reads like them; alone everything written. */
const WORDS =
  /^(text|texts|output|outputs|captions?|descriptions?|response|answer|content|results?|transcript(ion)?|lyrics|summary|reasoning|markdown|code|tags|title|message|error|translations?|tokens?)$/i;
const NO_WORDS =
  /prompt$|reason$|status$|version$|uuid$|hash$|(^|_)(ids?|format|language|model|mode|type|url|token)$/i;
const MOST_TEXTS = 50;

/**
 * The texts of an output: those at its top, those in lists there, and what chat models wrap their words in. `beside`: there are
 * files or a transcript too, and only what reads like words counts.
 */
export function textsIn(output: JsonValue, beside: boolean): readonly NamedText[] {
  if (typeof output === 'string') return isWords(output) ? [['text', output]] : [];
  if (!isJsonObject(output)) return [];
  const found: NamedText[] = [];
  const add = (name: string, texts: readonly string[]): void => {
    // Of a list each has its number: names are what tells texts apart.
    texts.forEach((text, i) => found.push([texts.length === 1 ? name : `${name} ${i + 1}`, text]));
  };
  // What stands around the answer of a chat model are its ids and kinds.
  const around = beside || Array.isArray(output['choices']);
  for (const [name, value] of Object.entries(output)) {
    if (name === 'choices' && Array.isArray(value)) add('content', value.flatMap(choiceText));
    if (NO_WORDS.test(name) && !WORDS.test(name)) continue;
    const texts = (Array.isArray(value) ? value : [value]).filter(
      (text: JsonValue) => typeof text === 'string' && isWords(text),
    );
    add(name, around && !WORDS.test(name) ? texts.filter(readsLikeWords) : texts);
  }
  // Some models write prompts; where there is something else a prompt is what was asked.
  if (found.length === 0 && !around)
    for (const [name, value] of Object.entries(output))
      if (/prompt$/i.test(name) && typeof value === 'string' && isWords(value)) add(name, [value]);
  return found.slice(0, MOST_TEXTS);
}

/** Three words, at least. */
const readsLikeWords = (text: string): boolean => /\S\s+\S+\s+\S/.test(text);

function choiceText(choice: JsonValue): readonly string[] {
  const message = isJsonObject(choice) ? choice['message'] : undefined;
  const content = message !== undefined && isJsonObject(message) ? message['content'] : undefined;
  return typeof content === 'string' && content !== '' ? [content] : [];
}

/** Addresses and names of files stand as files, and single marks are no words. */
const isWords = (text: string): boolean =>
  text.trim() !== '' && !/^(https?:|data:|media:)\S*$/i.test(text.slice(0, 2000));
