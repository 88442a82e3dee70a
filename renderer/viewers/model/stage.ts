import { ModelViewerElement } from '@google/model-viewer';
import { studioLight } from './light.ts';

/** An object on its stage. */
export interface Stage {
  readonly reset: () => void;
  /** Nearer for 1, farther for -1. */
  readonly zoom: (steps: number) => void;
  readonly close: () => void;
}

export interface StageOptions {
  readonly parent: HTMLElement;
  readonly src: string;
  /** What it is, for those who do not see it. */
  readonly alt: string;
  readonly onReady: () => void;
  readonly onError: () => void;
}

/** A little from the side and from above, as near as the whole of it is seen. */
const FIRST_ORBIT = '30deg 70deg auto';

let light: string | null = null;

/** One for all objects. Its ending tells the format. */
function lightAddress(): string {
  light ??= URL.createObjectURL(new Blob([studioLight()]));
  return `${light}#light.hdr`;
}

/** Draws a glTF and lets it be turned by mouse, touch and arrow keys. Nothing is fetched but `src`. */
export function openStage({ parent, src, alt, onReady, onError }: StageOptions): Stage {
  const element = new ModelViewerElement();
  Object.assign(element, {
    alt,
    cameraControls: true,
    touchAction: 'none',
    interactionPrompt: 'none',
    shadowIntensity: 0.6,
    cameraOrbit: FIRST_ORBIT,
    // The stage's own takes a computer without a graphics card many seconds.
    environmentImage: lightAddress(),
    loading: 'eager',
    src,
  });
  element.style.cssText = 'width:100%;height:100%;--poster-color:transparent;--progress-bar-height:0';
  element.addEventListener('load', () => {
    // A shape whose bytes could not be read is drawn as nothing.
    const { x, y, z } = element.getDimensions();
    if (Math.max(x, y, z) > 0) onReady();
    else onError();
  });
  element.addEventListener('error', onError);
  parent.append(element);
  return {
    reset: () => {
      // Written anew, or what was asked for before would not be asked for again.
      element.cameraOrbit = '';
      element.cameraOrbit = FIRST_ORBIT;
      element.cameraTarget = 'auto auto auto';
      element.fieldOfView = 'auto';
      element.resetTurntableRotation(0);
    },
    zoom: (steps) => element.zoom(steps),
    close: () => element.remove(),
  };
}
