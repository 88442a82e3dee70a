import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';
import { readModelDocument } from '../schema/document.ts';
import { own, propertiesOf, textAt } from '../schema/node.ts';
import { unwrap } from '../schema/union.ts';
import { isSignalling } from './support.ts';

/** What a model's document says of how it is spoken to live. */
export interface LiveTraits {
  readonly codec: 'msgpack' | 'json';
  /** Properties of the input that take a file's bytes; all others take it as a data URI (fal-protocol §7.3). */
  readonly bytes: readonly string[];
  /** The property that comes back in the answer and tells which input it belongs to; null where there is none. */
  readonly echo: string | null;
  readonly signalling: boolean;
  /** Null where the document does not tell. */
  readonly mode: LiveMode | null;
}

/** How a model takes inputs and answers, by the names that apps publish (fal-protocol §7.5, §12.4). */
export const LIVE_MODES = ['unary', 'server_streaming', 'client_streaming', 'bidi'] as const;
export type LiveMode = (typeof LIVE_MODES)[number];

/** Without a document every model is taken for what the stock runner is: MessagePack, pictures as data URIs. */
export const PLAIN_TRAITS: LiveTraits = {
  codec: 'msgpack',
  bytes: [],
  echo: null,
  signalling: false,
  mode: null,
};

const ECHO = 'request_id';

export function readLiveTraits(document: JsonValue): LiveTraits {
  const traits = { ...PLAIN_TRAITS, ...protocolOf(document), signalling: isSignalling(document) };
  const read = readModelDocument(document);
  if (read.kind === 'unreadable') return traits;
  const [input] = unwrap(read.inputSchema, read.resolve).branches;
  if (input === undefined) return traits;
  const properties = [...propertiesOf(input)];
  const bytes = properties
    .filter(([, node]) =>
      unwrap(read.resolve(node), read.resolve).branches.some(
        (branch) => textAt(branch, 'type') === 'string' && textAt(branch, 'format') === 'binary',
      ),
    )
    .map(([name]) => name);
  return { ...traits, bytes, echo: properties.some(([name]) => name === ECHO) ? ECHO : null };
}

/** `x-fal-protocol` stands on a path of the app's own document (fal-protocol §12.4). */
function protocolOf(document: JsonValue): Pick<LiveTraits, 'codec' | 'mode'> {
  const paths = isJsonObject(document) ? document['paths'] : undefined;
  const protocols = isJsonObject(paths)
    ? Object.values(paths).flatMap((item) => {
        const protocol = isJsonObject(item) ? own(item, 'x-fal-protocol') : undefined;
        return isJsonObject(protocol) ? [protocol] : [];
      })
    : [];
  const isJson = protocols.some((one) => textAt(one, 'contentType')?.includes('json') === true);
  return {
    codec: isJson ? 'json' : 'msgpack',
    mode: LIVE_MODES.find((mode) => protocols.some((one) => textAt(one, 'realtimeMode') === mode)) ?? null,
  };
}
