import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Exchange, LocalFalHooks } from './types.ts';
import type { FileStore } from './file-store.ts';
import { detail, isObject, readJson, sendAnswer } from './http.ts';
import { MAX_UPLOAD_BYTES, readBytes, reservePlace } from './uploads.ts';

/** As S3 numbers them, on whose rules this way of uploading stands. */
const MOST_PARTS = 10_000;

type Part = { readonly bytes: Buffer; readonly etag: string };
type Upload = {
  readonly contentType: string;
  readonly signature: string;
  /** Where the file is to be, by its token in the file store. */
  readonly token: string;
  readonly parts: Map<number, Part>;
};

/** Files that come in parts (fal-protocol §8.2). Of those that are never completed the oldest go when room is needed. */
export class Multipart {
  readonly #files: FileStore;
  readonly #hooks: LocalFalHooks;
  readonly #uploads = new Map<string, Upload>();

  constructor(files: FileStore, hooks: LocalFalHooks) {
    this.#files = files;
    this.#hooks = hooks;
  }

  /** `POST rest/storage/upload/initiate-multipart`. */
  async initiate(exchange: Exchange): Promise<void> {
    const place = await reservePlace(exchange, this.#files);
    if (place === null) return;
    const { token, url, contentType } = place;
    const id = randomBytes(12).toString('base64url');
    const signature = randomBytes(12).toString('base64url');
    this.#uploads.set(id, { contentType, signature, token, parts: new Map() });
    const upload = `${exchange.hosts.cdn}/multipart/${id}?expires=3600&signature=${signature}`;
    sendAnswer(exchange.response, { status: 200, body: { upload_url: upload, file_url: url } });
  }

  /** `PUT cdn/multipart/<id>/<n>`: one part, and `POST cdn/multipart/<id>/complete`. Both without a key. */
  async handle(exchange: Exchange): Promise<void> {
    const { method, path, query, authorization, response, request } = exchange;
    const [, id = '', name = '', ...more] = path.split('/');
    const upload = this.#uploads.get(id);
    const refused =
      authorization !== 'none'
        ? detail(400, 'Only one auth mechanism allowed')
        : upload === undefined || query.get('signature') !== upload.signature
          ? detail(403, 'This upload address is not valid')
          : more.length > 0
            ? detail(404, 'Not Found')
            : null;
    if (refused !== null || upload === undefined) {
      // Read to the end: an early answer on an open upload reaches the client as a reset.
      await readBytes(request, 0);
      return sendAnswer(response, refused ?? detail(404, 'Not Found'));
    }
    if (method === 'PUT' && /^[1-9]\d*$/.test(name)) return this.#takePart(exchange, id, Number(name));
    if (method === 'POST' && name === 'complete') return this.#complete(exchange, id, upload);
    await readBytes(request, 0);
    sendAnswer(response, detail(405, 'Method Not Allowed'));
  }

  async #takePart(exchange: Exchange, id: string, n: number): Promise<void> {
    const { request, response } = exchange;
    const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
    const parts = this.#uploads.get(id)?.parts;
    if (parts === undefined) return sendAnswer(response, detail(403, 'This upload address is not valid'));
    if (n > MOST_PARTS) return sendAnswer(response, detail(400, 'Part numbers go from 1 to 10000'));
    const others = sizeOf(parts) - (parts.get(n)?.bytes.byteLength ?? 0);
    if (bytes === null || others + bytes.byteLength > MAX_UPLOAD_BYTES)
      return sendAnswer(response, detail(413, 'The file is too large'));
    if (bytes.byteLength === 0) return sendAnswer(response, detail(400, 'The part is empty'));
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    parts.set(n, { bytes, etag });
    this.#makeRoom(id);
    const { inHeader, inBody } = this.#hooks.onPart?.(exchange) ?? { inHeader: true, inBody: true };
    sendAnswer(response, {
      status: 200,
      headers: inHeader ? { etag } : {},
      body: inBody ? { partNumber: n, etag } : {},
    });
  }

  #makeRoom(id: string): void {
    let held = [...this.#uploads.values()].reduce((sum, { parts }) => sum + sizeOf(parts), 0);
    for (const [other, { parts }] of this.#uploads) {
      if (held <= MAX_UPLOAD_BYTES) break;
      if (other === id) continue;
      this.#uploads.delete(other);
      held -= sizeOf(parts);
    }
  }

  async #complete({ request, response }: Exchange, id: string, upload: Upload): Promise<void> {
    const body = await readJson(request);
    if (!body.ok) return sendAnswer(response, body.answer);
    const listed = isObject(body.json) ? body.json['parts'] : undefined;
    const refused = listProblem(listed, upload.parts);
    if (refused !== null) return sendAnswer(response, refused);
    const ordered = [...upload.parts].toSorted(([a], [b]) => a - b);
    const bytes = Buffer.concat(ordered.map(([, part]) => part.bytes));
    this.#files.fill(upload.token, { bytes, contentType: upload.contentType });
    this.#uploads.delete(id);
    sendAnswer(response, { status: 200, body: { etag: `"${ordered.length}-parts"` } });
  }
}

const sizeOf = (parts: Upload['parts']): number =>
  [...parts.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);

/** Why these are not the parts that came, each once, in order and by its tag; null where they are. */
function listProblem(listed: unknown, parts: ReadonlyMap<number, Part>): Answer | null {
  if (!Array.isArray(listed) || listed.length === 0) return detail(400, 'Expected a list of parts');
  for (const [i, entry] of listed.entries()) {
    const n = isObject(entry) ? entry['partNumber'] : undefined;
    const etag = isObject(entry) ? entry['etag'] : undefined;
    if (n !== i + 1) return detail(400, `Part ${i + 1} is missing, or the parts are not in their order`);
    if (etag !== parts.get(n)?.etag) return detail(400, `Part ${n} is not the one that came`);
  }
  return listed.length === parts.size ? null : detail(400, 'A part that came is not in the list');
}
