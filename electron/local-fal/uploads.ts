import type { IncomingMessage } from 'node:http';
import type { Exchange } from './types.ts';
import type { FileStore } from './file-store.ts';
import { detail, isObject, readJson, sendAnswer } from './http.ts';

export const MAX_UPLOAD_BYTES = 256 * 1024 * 1024;
const STORAGE_TYPES = ['fal-cdn-v3', 'gcs'];

type ReservedPlace = { readonly token: string; readonly url: string; readonly contentType: string };

/** `POST rest/storage/upload/initiate?storage_type=fal-cdn-v3` (fal-protocol §8.1): a place for one file. */
export async function handleInitiate(exchange: Exchange, files: FileStore): Promise<void> {
  const place = await reservePlace(exchange, files);
  if (place === null) return;
  const { token, url } = place;
  const upload = `${exchange.hosts.cdn}/upload/${token}?expires=3600`;
  sendAnswer(exchange.response, { status: 200, body: { upload_url: upload, file_url: url } });
}

/** What both ways of uploading begin with. Null where it was answered that there is none. */
export async function reservePlace(exchange: Exchange, files: FileStore): Promise<ReservedPlace | null> {
  const { request, response, method, query } = exchange;
  const body = await readJson(request);
  const refuse = (answer: Parameters<typeof sendAnswer>[1]): null => {
    sendAnswer(response, answer);
    return null;
  };
  if (method !== 'POST') return refuse(detail(405, 'Method Not Allowed', { allow: 'POST' }));
  if (!body.ok) return refuse(body.answer);
  const contentType = isObject(body.json) ? body.json['content_type'] : undefined;
  const fileName = isObject(body.json) ? body.json['file_name'] : undefined;
  if (typeof contentType !== 'string' || typeof fileName !== 'string') {
    const name = typeof contentType === 'string' ? 'file_name' : 'content_type';
    const missing = { loc: ['body', name], msg: 'Field required', type: 'missing' };
    return refuse({ status: 422, body: { detail: [missing] } });
  }
  if (!STORAGE_TYPES.includes(query.get('storage_type') ?? ''))
    return refuse(detail(400, 'Unknown storage type'));
  return { ...files.reserve(fileName), contentType };
}

/** `PUT cdn/upload/<token>`: the bytes. The address itself is the permission; a key beside it is one too many. */
export async function handleUpload(exchange: Exchange, files: FileStore): Promise<void> {
  const { request, response, path, authorization } = exchange;
  const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
  if (authorization !== 'none') {
    return sendAnswer(response, detail(400, 'Only one auth mechanism allowed'));
  }
  if (bytes === null) return sendAnswer(response, detail(413, 'The file is too large'));
  const contentType = request.headers['content-type'] ?? 'application/octet-stream';
  const token = path.slice('upload/'.length);
  if (!files.fill(token, { bytes, contentType })) {
    return sendAnswer(response, detail(403, 'This upload address is not valid'));
  }
  response.writeHead(200, { 'content-length': 0 }).end();
}

/** A body to its end; null for one of more than `most` bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size > most ? null : Buffer.concat(chunks);
}
