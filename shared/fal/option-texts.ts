import { parseEndpointId } from './endpoint-id.ts';
import { CONNECTION_HEADERS } from './option-headers.ts';
import type { RequestOptions } from './request-options.ts';

export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}

/** The options of a request as a person writes them: texts as typed, empty where nothing is asked for. Times in seconds. */
export interface OptionTexts {
  readonly path: string;
  readonly priority: '' | 'normal' | 'low';
  readonly hint: string;
  readonly startTimeout: string;
  readonly timeout: string;
  readonly stallTimeout: string;
  readonly noRetry: boolean;
  /** Tries beyond the first, by what failed. */
  readonly retryTimeout: string;
  readonly retryServerError: string;
  readonly retryConnectionError: string;
  readonly disableFallback: boolean;
  readonly maxQueueLength: string;
  /** fal is not to keep input and output. */
  readonly storeIoOff: boolean;
  /** One of fal's words, or seconds. */
  readonly keepFiles: string;
  readonly readers: '' | 'allow' | 'hide' | 'forbid';
  readonly webhookUrl: string;
  readonly headers: readonly HeaderRow[];
}
export type OptionName = keyof OptionTexts;

export const NO_TEXTS: OptionTexts = {
  path: '',
  priority: '',
  hint: '',
  startTimeout: '',
  timeout: '',
  stallTimeout: '',
  noRetry: false,
  retryTimeout: '',
  retryServerError: '',
  retryConnectionError: '',
  disableFallback: false,
  maxQueueLength: '',
  storeIoOff: false,
  keepFiles: '',
  readers: '',
  webhookUrl: '',
  headers: [],
};

export const KEEP_FILES = ['immediate', '1h', '1d', '7d', '30d', '1y', 'never'] as const;

/** Where a problem is: an option, or a row of the headers. */
export type OptionPlace = OptionName | `headers/${number}`;

export interface ReadOptions {
  /** All that could be read. */
  readonly options: RequestOptions;
  /** A sentence for each that could not. */
  readonly problems: ReadonlyMap<OptionPlace, string>;
}

/** The longest wait a timer can hold, in seconds. */
const LONGEST = 2_147_483;
const MOST_RETRIES = 10;

/** What the texts ask for. The limits are those of `requestOptionsSchema`, said while they are typed. */
export function readOptions(texts: OptionTexts): ReadOptions {
  const problems = new Map<OptionPlace, string>();
  const refuse = (place: OptionPlace, problem: string): undefined => void problems.set(place, problem);
  const number = (name: OptionName, text: string, rule: NumberRule): number | undefined => {
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    const value = /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
    return rule.takes(value) ? value : refuse(name, rule.says);
  };
  const path = texts.path.trim();
  const hint = texts.hint.trim();
  const webhookUrl = texts.webhookUrl.trim();
  const retries = {
    timeout: number('retryTimeout', texts.retryTimeout, RETRIES),
    server_error: number('retryServerError', texts.retryServerError, RETRIES),
    connection_error: number('retryConnectionError', texts.retryConnectionError, RETRIES),
  };
  const retryConfig = Object.fromEntries(
    Object.entries(retries).flatMap(([name, count]) =>
      count === undefined ? [] : [[name, { retries: count }]],
    ),
  );
  const lifecycle = lifecycleOf(texts);
  const headers = headersOf(texts.headers, refuse);
  const read: { readonly [K in keyof RequestOptions]: RequestOptions[K] | undefined } = {
    path: path === '' || isPath(path) ? path || undefined : refuse('path', NO_PATH),
    priority: texts.priority || undefined,
    hint: isHeaderText(hint) ? hint || undefined : refuse('hint', NO_HEADER_TEXT),
    startTimeout: number('startTimeout', texts.startTimeout, START_SECONDS),
    timeout: number('timeout', texts.timeout, SECONDS),
    stallTimeout: number('stallTimeout', texts.stallTimeout, SECONDS),
    noRetry: texts.noRetry || undefined,
    retryConfig: Object.keys(retryConfig).length === 0 ? undefined : retryConfig,
    storeIo: texts.storeIoOff ? false : undefined,
    lifecycle: Object.keys(lifecycle).length === 0 ? undefined : lifecycle,
    disableFallback: texts.disableFallback || undefined,
    headers: Object.keys(headers).length === 0 ? undefined : headers,
    webhookUrl:
      webhookUrl === '' || isWebAddress(webhookUrl)
        ? webhookUrl || undefined
        : refuse('webhookUrl', 'A web address, beginning with https:// or http://'),
    maxQueueLength: number('maxQueueLength', texts.maxQueueLength, COUNT),
  };
  return { options: withoutUndefined(read), problems };
}

/** The texts that ask for `options`. */
export function textsOf(options: RequestOptions): OptionTexts {
  const text = (value: number | undefined): string => (value === undefined ? '' : plain(value));
  return {
    path: options.path ?? '',
    priority: options.priority ?? '',
    hint: options.hint ?? '',
    startTimeout: text(options.startTimeout),
    timeout: text(options.timeout),
    stallTimeout: text(options.stallTimeout),
    noRetry: options.noRetry ?? false,
    retryTimeout: text(options.retryConfig?.timeout?.retries),
    retryServerError: text(options.retryConfig?.server_error?.retries),
    retryConnectionError: text(options.retryConfig?.connection_error?.retries),
    disableFallback: options.disableFallback ?? false,
    maxQueueLength: text(options.maxQueueLength),
    storeIoOff: options.storeIo === false,
    keepFiles: String(options.lifecycle?.expiresIn ?? ''),
    readers: options.lifecycle?.initialAcl?.default ?? '',
    webhookUrl: options.webhookUrl ?? '',
    headers: Object.entries(options.headers ?? {}).map(([name, value]) => ({ name, value })),
  };
}

interface NumberRule {
  readonly takes: (value: number) => boolean;
  readonly says: string;
}

const SECONDS: NumberRule = {
  takes: (value) => value > 0 && value <= LONGEST,
  says: 'A number of seconds above 0',
};
const START_SECONDS: NumberRule = {
  takes: (value) => value > 1 && value <= LONGEST,
  says: 'A number of seconds above 1',
};
const COUNT: NumberRule = {
  takes: (value) => Number.isSafeInteger(value),
  says: 'A whole number, 0 or more',
};
const RETRIES: NumberRule = {
  takes: (value) => Number.isInteger(value) && value <= MOST_RETRIES,
  says: `A whole number from 0 to ${MOST_RETRIES}`,
};

const NO_PATH = 'Names and slashes, such as image-to-image';
const NO_HEADER_TEXT = 'Holds characters that a header cannot carry';

/** Read as one id with the model's: its rules keep a path from climbing out of the app, or from becoming a query. */
const isPath = (path: string): boolean => parseEndpointId(`owner/alias/${path}`) !== null;

const isHeaderText = (text: string): boolean => /^[\t\x20-\x7e\xa0-\xff]*$/.test(text);
const isHeaderName = (text: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(text);

const HOST = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i;
const IN_NUMBERS = /^(\d+\.){3}\d+$/;

/** http or https, a host and what follows; without a name or a password, which would be shown to whoever looks. */
function isWebAddress(text: string): boolean {
  const [, host = '', port = '1'] =
    /^https?:\/\/([^/?#:@\s]+)(?::(\d{1,5}))?(?:[/?#][\x21-\x7e]*)?$/i.exec(text) ?? [];
  // A last part in digits makes it an address in numbers.
  const numbers = /(^|\.)(\d+|0x[\da-f]*)$/i.test(host);
  const fits = !numbers || (IN_NUMBERS.test(host) && host.split('.').every((part) => Number(part) < 256));
  return HOST.test(host) && fits && Number(port) < 65_536;
}

/** Headers that an option above writes, and its name. */
const OF_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['x-fal-queue-priority', 'Priority'],
  ['x-fal-runner-hint', 'Runner hint'],
  ['x-fal-request-timeout', 'Start within'],
  ['x-fal-no-retry', 'No retries by fal'],
  ['x-fal-retry-config', 'Retries by fal'],
  ['x-fal-store-io', 'Keep nothing at fal'],
  ['x-app-fal-disable-fallback', 'No other model in its place'],
  ['x-fal-object-lifecycle-preference', 'Keep its files'],
]);

function headersOf(
  rows: readonly HeaderRow[],
  refuse: (place: OptionPlace, problem: string) => void,
): Record<string, string> {
  const headers = new Map<string, string>();
  rows.forEach(({ name, value }, index) => {
    const trimmed = name.trim();
    if (trimmed === '' && value.trim() === '') return;
    const problem = headerProblem(trimmed, value, headers);
    if (problem === null) headers.set(trimmed.toLowerCase(), value.trim());
    else refuse(`headers/${index}`, problem);
  });
  // `__proto__` is a name that a header may have.
  return Object.fromEntries(headers);
}

function headerProblem(name: string, value: string, taken: ReadonlyMap<string, string>): string | null {
  if (name === '') return 'A name is needed';
  if (!isHeaderName(name)) return 'No name of a header: letters, digits and dashes';
  const key = name.toLowerCase();
  if (CONNECTION_HEADERS.has(key)) return `${name} belongs to the connection, and is set by this program`;
  const option = OF_OPTIONS.get(key);
  if (option !== undefined) return `${name} is what “${option}” above writes`;
  if (taken.has(key)) return `${name} is there already`;
  return isHeaderText(value) ? null : NO_HEADER_TEXT;
}

function lifecycleOf({ keepFiles, readers }: OptionTexts): NonNullable<RequestOptions['lifecycle']> {
  const word = KEEP_FILES.find((known) => known === keepFiles);
  const expiresIn = word ?? (/^[1-9]\d{0,9}$/.test(keepFiles) ? Number(keepFiles) : undefined);
  return {
    ...(expiresIn === undefined ? {} : { expiresIn }),
    ...(readers === '' ? {} : { initialAcl: { default: readers } }),
  };
}

/** Digits alone: `1e-7` could not be read again. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function withoutUndefined(read: {
  readonly [K in keyof RequestOptions]: RequestOptions[K] | undefined;
}): RequestOptions {
  const options: RequestOptions = {};
  return Object.assign(
    options,
    Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)),
  );
}
