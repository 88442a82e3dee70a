import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Delivery } from '../../electron/fal/webhook.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** Values as Node gives them: one, or several of one name. */
const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const savedSchema = z.union([
  z.strictObject({ headers: headersSchema, body: z.string() }),
  z.strictObject({ headers: headersSchema, bodyBase64: z.base64() }),
]);

/** A delivery as it was saved: see `readDelivery` for the two forms. */
export async function readDeliveryFile(path: string): Promise<Result<Delivery, AppError>> {
  try {
    return readDelivery(await readFile(path));
  } catch (error) {
    return fail(appError('storage', 'The delivery cannot be read', { detail: String(error) }));
  }
}

/**
 * Either the HTTP message as it came over the wire (`nc -l`, `curl -i`): a first line, headers, an empty line, the body;
 * or JSON: `{"headers":{…},"body":"…"}`, the body being the text exactly as it came, or `bodyBase64` its bytes. A body
 * that is an object is refused: parsed and written anew it is not what was signed.
 */
export function readDelivery(bytes: Uint8Array): Result<Delivery, AppError> {
  const text = new TextDecoder().decode(bytes);
  return text.trimStart().startsWith('{') ? ofJson(text) : ofMessage(Buffer.from(bytes));
}

function ofJson(text: string): Result<Delivery, AppError> {
  const parsed = parseJson(text);
  if (!parsed.ok) return fail(notRead(parsed.message));
  const saved = savedSchema.safeParse(parsed.value);
  if (!saved.success)
    return fail(
      notRead('The JSON is no {"headers":{…},"body":"the text as it came"}, nor one with bodyBase64.'),
    );
  const headers = Object.fromEntries(
    Object.entries(saved.data.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.join(', '),
    ]),
  );
  const body =
    'body' in saved.data
      ? Buffer.from(saved.data.body, 'utf8')
      : Buffer.from(saved.data.bodyBase64, 'base64');
  return ok({ headers, body });
}

/** `NAME: VALUE` */
const FIELD = /^([\w!#$%&'*+.^`|~-]+):(.*)$/;

function ofMessage(bytes: Buffer): Result<Delivery, AppError> {
  const end = endOfHead(bytes);
  if (end === null) return fail(notRead('There is no empty line between headers and body.'));
  const [first = '', ...rest] = bytes.toString('latin1', 0, end.at).split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of FIELD.test(first) ? [first, ...rest] : rest) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined)
      return fail(notRead(`This is no header: ${line.slice(0, 100)}`));
    headers[name.toLowerCase()] = value.trim();
  }
  const body = bytes.subarray(end.at + end.length);
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return unchunked(headers, body);
  const length = headers['content-length'];
  if (length === undefined) return ok({ headers, body });
  // An editor may have ended the file with a line of its own.
  return /^\d+$/.test(length) && body.length >= Number(length)
    ? ok({ headers, body: body.subarray(0, Number(length)) })
    : fail(notRead(`The body has ${body.length} bytes, and content-length says ${length}.`));
}

function endOfHead(bytes: Buffer): { readonly at: number; readonly length: number } | null {
  const ends = ['\r\n\r\n', '\n\n']
    .map((mark) => ({ at: bytes.indexOf(mark), length: mark.length }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  return ends[0] ?? null;
}

/** A chunk's length, and what may stand behind it. */
const CHUNK = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i;

/** RFC 9112 §7.1: each piece behind its length in hexadecimal, the last of none. */
function unchunked(headers: Record<string, string>, body: Buffer): Result<Delivery, AppError> {
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const line = body.indexOf('\r\n', at);
    if (line < 0) return fail(notRead('The chunked body is cut off.'));
    const head = body.toString('latin1', at, line);
    const length = Number.parseInt(CHUNK.exec(head)?.[1] ?? '', 16);
    if (Number.isNaN(length)) return fail(notRead(`This is no length of a chunk: ${head.slice(0, 100)}`));
    const from = line + 2;
    if (from + length > body.length) return fail(notRead('The chunked body is cut off.'));
    if (length === 0) return ok({ headers, body: Buffer.concat(pieces) });
    pieces.push(body.subarray(from, from + length));
    at = from + length + 2;
  }
}

const notRead = (detail: string): AppError =>
  appError('input', 'This is no saved delivery', {
    detail,
    hint: 'A delivery is saved as the HTTP message it came as, or as {"headers":{…},"body":"…"}; see README.md.',
  });
