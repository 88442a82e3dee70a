import type { Exchange, LocalFalHooks } from '../../electron/local-fal/index.ts';

/**
 * Misbehaviour of the storage.
 *
 * - `part-500[:N]`, `part-cut[:N]`  the second part's first N (1) tries end with a 500, or with their connection cut in
 *   the middle of the bytes
 * - `part-etag-header`, `part-etag-body`, `part-etag-none`  a part's tag is told there alone, or not at all
 * - `complete-500[:N]`, `complete-400[:N]`  the first N (1) wishes to join the parts are refused
 * - `upload-expired`  every address to write to is over its time
 */
export const UPLOAD_FAULT_NAMES = [
  'part-500',
  'part-cut',
  'part-etag-header',
  'part-etag-body',
  'part-etag-none',
  'complete-500',
  'complete-400',
  'upload-expired',
] as const;
export type UploadFaultName = (typeof UPLOAD_FAULT_NAMES)[number];

const COUNTED: readonly UploadFaultName[] = ['part-500', 'part-cut', 'complete-500', 'complete-400'];

/** Null for what is none of these. */
export function parseUploadFault(text: string): { name: UploadFaultName; value: string | null } | null {
  const colon = text.indexOf(':');
  const [word, value] = colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
  const name = UPLOAD_FAULT_NAMES.find((known) => known === word);
  if (name === undefined) return null;
  return value === null || (COUNTED.includes(name) && /^\d+$/.test(value)) ? { name, value } : null;
}

/** Of an upload in parts; the others go on meanwhile. */
export const isSecondPart = ({ host, method, path }: Exchange): boolean =>
  host === 'cdn' && method === 'PUT' && /^multipart\/[^/]+\/2$/.test(path);

export class UploadFaults {
  #left = new Map<UploadFaultName, number>();

  set(values: ReadonlyMap<string, string | null>): void {
    this.#left = new Map(
      UPLOAD_FAULT_NAMES.flatMap((name): [UploadFaultName, number][] => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, Number(value ?? 1)]];
      }),
    );
  }

  /** True when it was answered here. */
  meet(exchange: Exchange): boolean {
    const { host, method, path } = exchange;
    if (host !== 'cdn' || (method !== 'PUT' && method !== 'POST')) return false;
    if (this.#left.has('upload-expired')) return refuse(exchange, 403, 'This upload address has expired');
    if (isSecondPart(exchange)) {
      if (this.#take('part-cut')) return cutInTheMiddle(exchange);
      if (this.#take('part-500')) return refuse(exchange, 500, 'The part was lost');
    }
    if (path.endsWith('/complete')) {
      if (this.#take('complete-500')) return refuse(exchange, 500, 'The parts were not joined');
      if (this.#take('complete-400')) return refuse(exchange, 400, 'A part is too small');
    }
    return false;
  }

  get hooks(): Pick<LocalFalHooks, 'onPart'> {
    return {
      onPart: () => ({
        inHeader: !this.#left.has('part-etag-body') && !this.#left.has('part-etag-none'),
        inBody: !this.#left.has('part-etag-header') && !this.#left.has('part-etag-none'),
      }),
    };
  }

  #take(name: UploadFaultName): boolean {
    const left = this.#left.get(name) ?? 0;
    if (left > 0) this.#left.set(name, left - 1);
    return left > 0;
  }
}

/** With the body read: an answer before that reaches the client as a reset. */
function refuse({ request, response }: Exchange, status: number, detail: string): true {
  request.resume().once('end', () => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail }));
  });
  return true;
}

function cutInTheMiddle({ request, response }: Exchange): true {
  let left = Number(request.headers['content-length']) / 2;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.byteLength;
    if (left <= 0) response.destroy();
  });
  return true;
}
