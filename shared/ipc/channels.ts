import type { CommandName, EventName } from './contract.ts';

/**
 * The channel names alone, for the preload: it must not carry the schemas into every window.
 * `satisfies` refuses a name too many, `Missing` a name too few.
 */
export const commandNames = [
  'app.info',
  'app.setTheme',
  'app.setSwitch',
  'app.setCodeLanguage',
  'app.openExternal',
  'app.copyText',
  'app.showDataDir',
  'profiles.list',
  'profiles.use',
  'keys.add',
  'keys.rename',
  'keys.remove',
  'models.list',
  'models.refresh',
  'models.document',
  'models.prices',
  'models.marks',
  'models.star',
  'drafts.open',
  'drafts.kept',
  'drafts.save',
  'drafts.last',
  'asked.kept',
  'asked.save',
  'presets.list',
  'presets.save',
  'presets.rename',
  'presets.remove',
  'presets.share',
  'presets.read',
  'runs.start',
  'runs.startMany',
  'runs.attach',
  'runs.reorder',
  'runs.release',
  'runs.most',
  'runs.setMost',
  'runs.cancel',
  'runs.fetchMedia',
  'runs.get',
  'runs.batch',
  'runs.logs',
  'runs.recheck',
  'runs.page',
  'jobs.list',
  'media.saveAs',
  'live.open',
  'live.close',
  'live.keep',
  'media.add',
  'media.facts',
  'media.copyPicture',
  'media.drag',
  'media.show',
  'media.recent',
  'money.summary',
  'money.setLimits',
  'money.estimate',
  'saving.get',
  'saving.setOn',
  'saving.chooseFolder',
  'saving.setPattern',
  'saving.retry',
  'saving.showFolder',
  'shelf.list',
  'shelf.put',
  'shelf.remove',
] as const satisfies readonly CommandName[];

export const eventNames = [
  'app.noticed',
  'profiles.changed',
  'models.changed',
  'models.marked',
  'runs.changed',
  'runs.partial',
  'runs.logged',
  'saving.changed',
  'shelf.changed',
  'jobs.wanted',
  'money.changed',
] as const satisfies readonly EventName[];

/** The name under which the port of a live session is handed to the page. */
export const LIVE_PORT = 'live.port';

type Missing<All extends string, Listed extends string> =
  Exclude<All, Listed> extends never ? true : Exclude<All, Listed>;

// These two lines do not compile when the contract has a channel that the lists above have not.
export const everyCommandIsListed: Missing<CommandName, (typeof commandNames)[number]> = true;
export const everyEventIsListed: Missing<EventName, (typeof eventNames)[number]> = true;
