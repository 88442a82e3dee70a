import type { Rgb } from './color.ts';
import { hex } from './color.ts';

export type TimeOfDay = 'dawn' | 'day' | 'sunset' | 'dusk' | 'night' | 'storm' | 'mist' | 'desert' | 'winter';

/** The colours of one light. Land runs from `far` to `near`; `mist` lies in the valleys. */
export type Palette = {
  readonly sky: readonly [zenith: Rgb, upper: Rgb, lower: Rgb, horizon: Rgb];
  readonly sun: Rgb;
  readonly glow: Rgb;
  readonly far: Rgb;
  readonly near: Rgb;
  readonly mist: Rgb;
  readonly cloud: Rgb;
};

type Swatch = readonly [
  zenith: string,
  upper: string,
  lower: string,
  horizon: string,
  sun: string,
  glow: string,
  far: string,
  near: string,
  mist: string,
  cloud: string,
];

function palette(s: Swatch): Palette {
  return {
    sky: [hex(s[0]), hex(s[1]), hex(s[2]), hex(s[3])],
    sun: hex(s[4]),
    glow: hex(s[5]),
    far: hex(s[6]),
    near: hex(s[7]),
    mist: hex(s[8]),
    cloud: hex(s[9]),
  };
}

export const PALETTES: Readonly<Record<TimeOfDay, readonly [Palette, ...Palette[]]>> = {
  dawn: [
    palette(['#5b7fb0', '#b4a9cc', '#f0b9ab', '#fde0b8', '#fff6dc', '#ffc58f', '#b39cbc', '#23263f', '#f6d2c2', '#ffe4d2']),
    palette(['#4d84a8', '#9cc0c6', '#efdcae', '#fdeccb', '#fffbe8', '#ffdf9a', '#9db3b4', '#1c2f36', '#f4e4c6', '#fff6e2']),
    palette(['#6a6fae', '#c59cc4', '#f7b5b0', '#ffd9c2', '#fff2e4', '#ffb59a', '#b690ba', '#2a2142', '#fbcfc8', '#ffe6de']),
  ],
  day: [
    palette(['#2f6fae', '#6ea6d0', '#b5d5e3', '#eaf2ea', '#fffdf0', '#fff3cf', '#8fb2c6', '#14312c', '#e0ebea', '#ffffff']),
    palette(['#5d93bd', '#9fc2d4', '#d6e5e2', '#f7f0de', '#fffdf0', '#ffedc4', '#9ab8c0', '#1f3c36', '#eef1e6', '#fffdf6']),
    palette(['#3b7fa3', '#7fb6bf', '#c4dfce', '#f2f0d2', '#fffdea', '#fff0b8', '#86b0ae', '#173a30', '#e4eedd', '#fffff4']),
  ],
  sunset: [
    palette(['#2b2350', '#7a3b69', '#e0664f', '#ffb45e', '#fff0bd', '#ff8a4a', '#934f6d', '#150d22', '#ee9068', '#ff9d74']),
    palette(['#34497a', '#8f6a9c', '#f08a7a', '#ffd49a', '#fff5d4', '#ffae7a', '#9a6b90', '#1a1833', '#f7b096', '#ffc0a2']),
    palette(['#1f3358', '#5f5580', '#d9776a', '#ffc183', '#fff1c9', '#ff9560', '#7c5c7f', '#10142a', '#e99c80', '#ffae8a']),
  ],
  dusk: [
    palette(['#10204a', '#2f4480', '#7a6fa6', '#e8a99a', '#ffe7cf', '#f0a090', '#5a5d94', '#0a0f2b', '#a58ab0', '#c79ab4']),
    palette(['#221a4a', '#56408a', '#a86aa2', '#f5b3a0', '#ffe9d4', '#f79a8e', '#6d5290', '#120b2a', '#bf83a8', '#dd9cb0']),
    palette(['#0e2a44', '#2a5670', '#6f8f98', '#e6c3a0', '#fff0d6', '#eeb489', '#4b6f80', '#081a26', '#9aaaa6', '#c2b6a6']),
  ],
  night: [
    palette(['#060b1e', '#0f1d3f', '#22406b', '#4a6f95', '#f6f3e2', '#9fb8d8', '#33527c', '#040813', '#5a7ca0', '#7c98b8']),
    palette(['#0a0820', '#1c1645', '#3a2f6d', '#6a5a98', '#f7eee8', '#a99ad0', '#3d3670', '#06041a', '#6d62a0', '#8f84be']),
    palette(['#03101c', '#07283a', '#0f4a56', '#2f7a7a', '#f0f7ea', '#86c4bc', '#1c5560', '#020b10', '#4a8c8a', '#6fa8a4']),
  ],
  storm: [
    palette(['#1f2a33', '#3d4d57', '#66767b', '#b3b8aa', '#f2ecd2', '#d9d6b8', '#5f6f74', '#0c1417', '#9aa5a2', '#8c999c']),
    palette(['#23243a', '#454a63', '#75768a', '#c9b6a8', '#f7e6cf', '#e0bfa2', '#62647c', '#0f1020', '#a39ca4', '#918e9e']),
  ],
  mist: [
    palette(['#8fa6ad', '#b4c4c4', '#d3dcd4', '#ece9dc', '#fffaf0', '#fff1d8', '#aabbb8', '#1e302e', '#e6e9df', '#f6f5ec']),
    palette(['#8d95b4', '#b7b9cd', '#d9d5dc', '#f1e6e0', '#fff8f2', '#ffe6d8', '#acafc6', '#242840', '#e9e2e4', '#f8f2f0']),
  ],
  desert: [
    palette(['#3f78a6', '#9fb9c0', '#f0d5ab', '#fbe5c4', '#fffbe6', '#ffdf9e', '#dcae84', '#6e3620', '#f4d6ac', '#fff3dc']),
    palette(['#3a2b63', '#a1527b', '#f0845a', '#ffc978', '#fff1c4', '#ffa060', '#c76f63', '#3d151f', '#f6a878', '#ffb183']),
    palette(['#4a6f92', '#b0a7b4', '#f2b79a', '#fddcb2', '#fff6da', '#ffc287', '#d39a84', '#5a2a24', '#f4c6a4', '#ffe2ca']),
  ],
  winter: [
    palette(['#6d8fb5', '#a9c2da', '#dfe7ee', '#f9ecdf', '#fffaf0', '#ffe6c8', '#b3c7dc', '#1d2f47', '#f1f4f8', '#ffffff']),
    palette(['#5a6ea6', '#a3a6d0', '#e7c9d6', '#fde2cf', '#fff4e6', '#ffc9a8', '#b0acd0', '#1f2448', '#f4e6ee', '#fff0f0']),
  ],
};

/** Leaves of a season, from a shaded wood to a lit crown. */
export type Foliage = readonly [Rgb, Rgb, Rgb];

export const FOLIAGE = {
  autumn: [hex('#4a1c14'), hex('#a8481d'), hex('#e09a35')],
  spring: [hex('#6a3a5c'), hex('#d98aa6'), hex('#f9cbd6')],
  summer: [hex('#12302a'), hex('#2f5f45'), hex('#7d9b5a')],
} as const satisfies Record<string, Foliage>;
