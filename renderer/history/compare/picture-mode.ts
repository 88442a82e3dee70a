/** How two pictures are held against each other. */
export type PictureMode = 'beside' | 'wipe' | 'difference';

export const PICTURE_MODES: readonly { readonly value: PictureMode; readonly label: string }[] = [
  { value: 'beside', label: 'Side by side' },
  { value: 'wipe', label: 'Slider' },
  { value: 'difference', label: 'Difference' },
];

export function modeAfter(mode: PictureMode): PictureMode {
  const at = PICTURE_MODES.findIndex(({ value }) => value === mode);
  return PICTURE_MODES[(at + 1) % PICTURE_MODES.length]?.value ?? 'beside';
}
