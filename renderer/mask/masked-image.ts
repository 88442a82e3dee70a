import { useEffect, useState } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import { referencedSha } from '../../shared/media/reference.ts';
import { measureMedia } from '../stores/measure-media.ts';
import type { Measured } from '../stores/measure-media.ts';
import { useStoredFile } from '../fields/use-stored-file.ts';
import { mediaUrl } from '../viewers/title.ts';
import type { Size } from './mask-ops.ts';

/** The image that a mask covers, as far as it can be drawn over here. */
export type MaskedImage =
  | { readonly kind: 'none' }
  /** On the web: the window opens no addresses but its own. */
  | { readonly kind: 'remote' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'unreadable' }
  /** More pixels than a canvas can have. */
  | { readonly kind: 'too_large' }
  | { readonly kind: 'ready'; readonly source: string; readonly size: Size };

/** Pixels in all, and a side: what Chromium still makes a canvas of, with room for the rest of the window. */
const MOST_PIXELS = 100_000_000;
const LONGEST_SIDE = 16_384;

/** What the value beside a mask shows; the first of a list. */
export function useMaskedImage(value: JsonValue | undefined): MaskedImage {
  const first = Array.isArray(value) ? value[0] : value;
  const text = typeof first === 'string' ? first : '';
  const sha256 = referencedSha(text);
  const { facts, measured } = useStoredFile(sha256);
  const uri = text.startsWith('data:') ? text : null;
  const inline = useMeasuredUri(uri);

  if (text === '' || facts === null) return { kind: 'none' };
  if (sha256 !== null) return imageOf(mediaUrl({ sha256 }), measured);
  return uri === null ? { kind: 'remote' } : imageOf(uri, inline);
}

function imageOf(source: string, measured: Measured | undefined): MaskedImage {
  if (measured === undefined) return { kind: 'measuring' };
  const { width, height } = measured;
  if (width === null || height === null) return { kind: 'unreadable' };
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) return { kind: 'too_large' };
  return { kind: 'ready', source, size: { width, height } };
}

function useMeasuredUri(uri: string | null): Measured | undefined {
  const [known, setKnown] = useState<{ readonly uri: string; readonly measured: Measured }>();
  useEffect(() => {
    if (uri === null) return;
    let current = true;
    void measureMedia(uri, 'image/png').then((measured) => {
      if (current) setKnown({ uri, measured });
    });
    return () => {
      current = false;
    };
  }, [uri]);
  return known?.uri === uri ? known?.measured : undefined;
}
