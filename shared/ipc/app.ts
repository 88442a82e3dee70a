import * as z from 'zod';
import { historyOrders } from '../history/found.ts';
import { TILE_SIZES, groupings, historyViews } from '../history/look.ts';
import { LEAST_WIDTH, MOST_WIDTH } from '../history/pane-width.ts';
import { codeLanguages } from '../snippets/snippet.ts';
import { command, nothing } from './define.ts';

export const themes = ['system', 'dark', 'light'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;

export const codeLanguageSchema = z.enum(codeLanguages);

/** Pixels of the pane of one run beside the history. */
export const detailWidthSchema = z.int().min(LEAST_WIDTH).max(MOST_WIDTH);

/** How the history's list is shown. */
export const historyLookSchema = z.object({
  view: z.enum(historyViews),
  /** Least width of a tile, in px. */
  size: z.int().min(TILE_SIZES.least).max(TILE_SIZES.most),
  order: z.enum(historyOrders),
  grouping: z.enum(groupings),
});
export type HistoryLook = z.infer<typeof historyLookSchema>;

/** What a person turns on and off; all are on at first. */
export const switchesSchema = z.object({
  /** F, K, I and V in Realtime, without Ctrl or ⌘. */
  singleKeys: z.boolean(),
  /** The numbers under the live picture. */
  instruments: z.boolean(),
  /** A request holds what is required or was changed, and not every default beside it. */
  changedOnly: z.boolean(),
  /** The system says when a run ends while the window is elsewhere. */
  notify: z.boolean(),
});
export type Switches = z.infer<typeof switchesSchema>;
export type SwitchName = keyof Switches;

export const appInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  platform: z.string(),
  /** The folder that holds the history and its files. */
  dataDir: z.string(),
  theme: themeSchema,
  switches: switchesSchema,
  /** The one a request is shown in as code. */
  codeLanguage: codeLanguageSchema,
  detailWidth: detailWidthSchema,
  historyLook: historyLookSchema,
  /** Sentences about what went wrong at start and what was kept; usually empty. */
  notices: z.array(z.string()),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Something went wrong that no other answer or event tells of: a sentence for the person. */
export const appEvents = { 'app.noticed': z.object({ sentence: z.string() }) };

export const appCommands = {
  'app.info': command(nothing, appInfoSchema),
  'app.setTheme': command(z.object({ theme: themeSchema }), nothing),
  'app.setSwitch': command(z.object({ name: switchesSchema.keyof(), on: z.boolean() }), nothing),
  'app.setCodeLanguage': command(z.object({ language: codeLanguageSchema }), nothing),
  'app.setDetailWidth': command(z.object({ width: detailWidthSchema }), nothing),
  'app.setHistoryLook': command(z.object({ look: historyLookSchema }), nothing),
  /** Opens an https page in the person's browser. */
  'app.openExternal': command(z.object({ url: z.string() }), nothing),
  'app.copyText': command(z.object({ text: z.string() }), nothing),
  'app.showDataDir': command(nothing, nothing),
};
