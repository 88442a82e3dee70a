import { inlineBytes, readGltf, whyNotDrawn, withAddresses } from './gltf.ts';
import type { Gltf } from './gltf.ts';

export type PreparedModel =
  /** `close` gives back what the address holds; call it when nothing is drawn from it any more. */
  | { readonly kind: 'ready'; readonly src: string; readonly close: () => void }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unreadable' };

/** Bytes; an object is read whole, and again by the graphics card. */
const LARGEST = 500 * 1000 ** 2;

/**
 * Makes a stored glTF ready to be drawn. `src` is of the page's own origin. What it carries as data URIs gets addresses of
 * its own: the page may not fetch data URIs, nor anything from elsewhere, so what lies elsewhere is refused in words.
 */
export async function prepareModel(src: string, bytes: number, signal: AbortSignal): Promise<PreparedModel> {
  if (bytes > LARGEST) return { kind: 'refused', why: 'It is too large to be drawn here.' };
  const answer = await fetch(src, { signal });
  const gltf = answer.ok ? readGltf(new Uint8Array(await answer.arrayBuffer())) : null;
  if (gltf === null) return { kind: 'unreadable' };
  const why = whyNotDrawn(gltf);
  if (why !== null) return { kind: 'refused', why };
  return inlineBytes(gltf).length === 0 ? { kind: 'ready', src, close: () => undefined } : withBlobs(gltf);
}

function withBlobs(gltf: Gltf): PreparedModel {
  const made: string[] = [];
  const close = (): void => made.forEach((address) => URL.revokeObjectURL(address));
  const keep = (blob: Blob): string => {
    const address = URL.createObjectURL(blob);
    made.push(address);
    return address;
  };
  const by = new Map<string, string>();
  for (const uri of inlineBytes(gltf)) {
    const blob = blobOf(uri);
    if (blob === null) {
      close();
      return { kind: 'unreadable' };
    }
    by.set(uri, keep(blob));
  }
  const type = gltf.rest === null ? 'model/gltf+json' : 'model/gltf-binary';
  return { kind: 'ready', src: keep(new Blob([...withAddresses(gltf, by)], { type })), close };
}

/** Null where it is not base64. */
function blobOf(uri: string): Blob | null {
  const [, type = '', payload] = /^data:([^;,]*)[^,]*;base64,(.*)$/s.exec(uri) ?? [];
  if (payload === undefined) return null;
  try {
    return new Blob([Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))], { type });
  } catch {
    return null;
  }
}
