/** What one unit of a price is. */
export type UnitKind =
  'image' | 'megapixel' | 'video' | 'audio' | 'second' | 'character' | 'step' | 'generation' | 'request';

export interface Unit {
  readonly kind: UnitKind;
  /** How many of them one unit is: 1000 for `1000 characters`, 60 for `minutes`. */
  readonly size: number;
}

/**
 * Units that can be counted before a run. fal has others (fal-protocol §12.2), of which the request says nothing: compute
 * seconds, tokens, credits, video segments, seconds of an input. They are not here, and so is none that fal adds.
 */
const UNITS: Readonly<Record<string, Unit>> = {
  image: { kind: 'image', size: 1 },
  megapixel: { kind: 'megapixel', size: 1 },
  video: { kind: 'video', size: 1 },
  audio: { kind: 'audio', size: 1 },
  second: { kind: 'second', size: 1 },
  minute: { kind: 'second', size: 60 },
  character: { kind: 'character', size: 1 },
  step: { kind: 'step', size: 1 },
  generation: { kind: 'generation', size: 1 },
  request: { kind: 'request', size: 1 },
  training: { kind: 'request', size: 1 },
  'cloned voice': { kind: 'request', size: 1 },
};

/** `images`, `1000 characters`, ` 5 Seconds`; null for a unit that is not known, or not countable beforehand. */
export function readUnit(text: string): Unit | null {
  const [, many = '1', name = ''] =
    /^(?:(\d{1,9})\s+)?([a-z][a-z ]*?)s?$/.exec(text.trim().toLowerCase()) ?? [];
  const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  const size = Number(many);
  return unit === undefined || size === 0 ? null : { kind: unit.kind, size: unit.size * size };
}
