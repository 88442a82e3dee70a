import { isJsonObject, parseJson, stringifyJson } from '../../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../../shared/json.ts';

/** A glTF 2.0 document, apart from the bytes it may carry behind it. */
export interface Gltf {
  readonly json: JsonObject;
  /** What follows the JSON in a GLB, with its own head; null for a document of text alone. */
  readonly rest: Uint8Array | null;
}

const GLB_MAGIC = 0x46_54_6c_67;
const JSON_CHUNK = 0x4e_4f_53_4a;
const HEAD = 20;

/** Reads a GLB or the text of a `.gltf`; null for what is neither. */
export function readGltf(bytes: Uint8Array): Gltf | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const binary = bytes.byteLength >= HEAD && view.getUint32(0, true) === GLB_MAGIC;
  if (binary && (view.getUint32(4, true) !== 2 || view.getUint32(16, true) !== JSON_CHUNK)) return null;
  const end = binary ? HEAD + view.getUint32(12, true) : bytes.byteLength;
  if (end > bytes.byteLength) return null;
  const parsed = parseJson(new TextDecoder().decode(bytes.subarray(binary ? HEAD : 0, end)));
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  const { asset } = parsed.value;
  const version = asset !== undefined && isJsonObject(asset) ? asset['version'] : undefined;
  if (typeof version !== 'string' || !version.startsWith('2')) return null;
  return { json: parsed.value, rest: binary ? bytes.subarray(end) : null };
}

/** Packings whose readers are programs of their own, which are fetched from the network or run as WebAssembly. */
const PACKINGS: ReadonlyMap<string, string> = new Map([
  ['KHR_draco_mesh_compression', 'Draco'],
  ['EXT_meshopt_compression', 'meshopt'],
  ['KHR_meshopt_compression', 'meshopt'],
  ['KHR_texture_basisu', 'Basis Universal (KTX2)'],
]);

/** Why it cannot be drawn here; null where it can. */
export function whyNotDrawn({ json }: Gltf): string | null {
  const names = [...texts(json['extensionsUsed']), ...texts(json['extensionsRequired'])];
  const packing = names.map((name) => PACKINGS.get(name)).find((name) => name !== undefined);
  if (packing !== undefined) return `It is packed with ${packing}, which cannot be read here.`;
  if (addresses(json).some((uri) => !uri.startsWith('data:')))
    return 'Its textures or shapes are in other files, which are not part of it.';
  if (list(json['meshes']).length === 0) return 'There is no shape in it.';
  return null;
}

/** Bytes that stand in the JSON as data URIs, each once. */
export const inlineBytes = ({ json }: Gltf): readonly string[] => [
  ...new Set(addresses(json).filter((uri) => uri.startsWith('data:'))),
];

/** The same document, its data URIs replaced by the addresses given for them, as the parts of a file. */
export function withAddresses(
  gltf: Gltf,
  by: ReadonlyMap<string, string>,
): readonly Uint8Array<ArrayBuffer>[] {
  const moved = (value: JsonValue | undefined): JsonValue => list(value).map((item) => movedItem(item, by));
  const { buffers, images } = gltf.json;
  const json = {
    ...gltf.json,
    ...(buffers === undefined ? {} : { buffers: moved(buffers) }),
    ...(images === undefined ? {} : { images: moved(images) }),
  };
  const text = new TextEncoder().encode(stringifyJson(json));
  if (gltf.rest === null) return [text];
  const padding = new Uint8Array((4 - (text.byteLength % 4)) % 4).fill(0x20);
  const length = text.byteLength + padding.byteLength;
  const head = new DataView(new ArrayBuffer(HEAD));
  [GLB_MAGIC, 2, HEAD + length + gltf.rest.byteLength, length, JSON_CHUNK].forEach((word, i) =>
    head.setUint32(i * 4, word, true),
  );
  return [new Uint8Array(head.buffer), text, padding, gltf.rest.slice()];
}

function movedItem(item: JsonValue, by: ReadonlyMap<string, string>): JsonValue {
  if (!isJsonObject(item)) return item;
  const { uri } = item;
  const address = typeof uri === 'string' ? by.get(uri) : undefined;
  return address === undefined ? item : { ...item, uri: address };
}

/** Where its buffers and pictures are, those within it left out. */
const addresses = (json: JsonObject): readonly string[] =>
  [...list(json['buffers']), ...list(json['images'])].flatMap((item) => {
    const uri = isJsonObject(item) ? item['uri'] : undefined;
    return typeof uri === 'string' ? [uri] : [];
  });

const texts = (value: JsonValue | undefined): readonly string[] =>
  list(value).filter((item) => typeof item === 'string');

const list = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
