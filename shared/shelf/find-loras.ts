import type { JsonObject } from '../json.ts';
import { mediaReference } from '../media/reference.ts';
import type { Run, RunMedia } from '../runs/run.ts';

/** Weights that a run brought. */
export interface FoundLora {
  /** The same each time the run is looked at. */
  readonly id: string;
  readonly name: string;
  /** An address, or `media:<sha256>` where there is none that the shelf holds. */
  readonly path: string;
  /** What the prompt has to say for the weights to count; empty where the training was given none. */
  readonly triggerWord: string;
}

/** Characters that the shelf holds of each. */
export const LONGEST_LORA_NAME = 80;
export const LONGEST_LORA_PATH = 2000;

const WEIGHTS = /\.safetensors$/i;
/** Names of files that say nothing of what was learned. */
const ANY_NAME =
  /^(pytorch[_-])?(lora|adapter|model|weights|diffusers|output)+([_-]?(weights|model|file|lora))*$/i;
const TRIGGERS = ['trigger_word', 'trigger_phrase', 'trigger', 'instance_prompt', 'token', 'token_string'];

/**
 * The LoRA weights among a run's files: by the name of their property (`diffusers_lora_file`, `lora_file`) or, of a model
 * that trains, by their ending. What the request itself named is none of them.
 */
export function findLoras(
  run: Pick<Run, 'id' | 'endpointId' | 'input' | 'media' | 'state' | 'times'>,
): readonly FoundLora[] {
  if (run.state.kind !== 'succeeded') return [];
  const given = JSON.stringify(
    Object.values(run.input).filter((value) => typeof value !== 'bigint'),
    bigintless,
  );
  const trains = /train/i.test(run.endpointId);
  const triggerWord = triggerIn(run.input);
  return run.media
    .filter((item) => isWeights(item, trains) && (item.url === '' || !given.includes(item.url)))
    .map((item, index, all) => {
      const number = all.length > 1 ? ` ${index + 1}` : '';
      return {
        id: `run:${run.id}:${item.path.join('/')}`,
        name: nameOf(run, item, triggerWord).slice(0, LONGEST_LORA_NAME - number.length) + number,
        path: item.kind === 'remote' || isShort(item.url) ? item.url : mediaReference(item.sha256),
        triggerWord,
      };
    });
}

const isShort = (url: string): boolean => url !== '' && url.length <= LONGEST_LORA_PATH;

const bigintless = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? null : value);

function isWeights(item: RunMedia, trains: boolean): boolean {
  if (item.medium !== 'file') return false;
  const property = String(item.path.findLast((step) => typeof step === 'string') ?? '');
  const named = item.path.some((step) => typeof step === 'string' && /lora/i.test(step));
  const fileName = item.kind === 'stored' ? item.fileName : '';
  const ends = WEIGHTS.test(fileName) || WEIGHTS.test(item.url.split(/[?#]/, 1)[0] ?? '');
  return named && !/config/i.test(property) ? ends || /file/i.test(property) : trains && ends;
}

function triggerIn(input: JsonObject): string {
  for (const name of TRIGGERS) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 200);
  }
  return '';
}

function nameOf(run: Pick<Run, 'endpointId' | 'times'>, item: RunMedia, triggerWord: string): string {
  if (triggerWord !== '') return triggerWord;
  const own = item.kind === 'stored' ? item.fileName.replace(/\.[^.]+$/, '') : '';
  if (own !== '' && !ANY_NAME.test(own) && !/^[\da-f-]{16,}/i.test(own)) return own;
  const at = new Date(run.times.ended ?? run.times.created);
  const [, ...rest] = run.endpointId.split('/');
  return `${rest.join(' ')} ${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The prompt with the trigger word before it; as it is where it has it. */
export function withTrigger(prompt: string, triggerWord: string): string {
  if (hasTrigger(prompt, triggerWord)) return prompt;
  return prompt.trim() === '' ? triggerWord : `${triggerWord}, ${prompt}`;
}

/** Capitals do not count to the models either. */
export const hasTrigger = (prompt: string, triggerWord: string): boolean =>
  prompt.toLowerCase().includes(triggerWord.trim().toLowerCase());
