/** What every page of the kind needs, written as plainly as it can be. */

function found<E extends Element>(kind: new () => E, name: string): E {
  const element = document.querySelector(name);
  if (!(element instanceof kind)) throw new Error(`no ${name}`);
  return element;
}

export const slider = found(HTMLInputElement, 'input');
const canvas = found(HTMLCanvasElement, 'canvas');
const context = canvas.getContext('2d');

/** Where to, as the page's own address says it. */
export function query(name: string): string {
  const value = new URLSearchParams(location.search).get(name);
  if (value === null) throw new Error(`no ${name} in the address`);
  return value;
}

export async function show(content: Uint8Array<ArrayBuffer>, type: string): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([content], { type }));
  if (canvas.width !== bitmap.width) Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/** An answer of the ring; the pages have no schema library, like pages of the kind. */
export function pictureOf(answer: unknown): { content: Uint8Array<ArrayBuffer>; type: string } {
  const images: unknown = record(answer)['images'];
  const image: unknown = Array.isArray(images) ? images[0] : undefined;
  const { content, content_type: type } = record(image);
  if (!isBytes(content) || typeof type !== 'string') throw new Error('no picture');
  return { content, type };
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('no object');
  return Object.fromEntries(Object.entries(value));
}

const isBytes = (value: unknown): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
