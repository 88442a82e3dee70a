import { assertNever } from '../../shared/result.ts';
import type { MediaKind } from '../../shared/media/kind.ts';

/** Whether models of a category of fal's begin with a file of this kind: "image-to-video" with an image. */
export function takesKind(category: string, kind: MediaKind): boolean {
  switch (kind) {
    case 'image':
      return category.startsWith('image-to-') || category === 'vision';
    case 'video':
      return category.startsWith('video-to-');
    case 'audio':
      return category.startsWith('audio-to-') || category.startsWith('speech-to-');
    case 'model':
      return category.startsWith('3d-to-');
    case 'file':
      return false;
    default:
      return assertNever(kind);
  }
}
