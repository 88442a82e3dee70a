import type * as z from 'zod';
import { appCommands, appEvents } from './app.ts';
import { askedCommands } from './asked.ts';
import type { Answer } from './define.ts';
import { draftCommands } from './drafts.ts';
import { historyCommands, historyEvents } from './history.ts';
import { jobCommands, jobEvents } from './jobs.ts';
import { liveCommands } from './live.ts';
import { mediaCommands } from './media.ts';
import { modelCommands, modelEvents } from './models.ts';
import { moneyCommands, moneyEvents } from './money.ts';
import { pictureCommands } from './pictures.ts';
import { presetCommands } from './presets.ts';
import { profileCommands, profileEvents } from './profiles.ts';
import { runCommands, runEvents } from './runs.ts';
import { savingCommands, savingEvents } from './saving.ts';
import { shelfCommands, shelfEvents } from './shelf.ts';
import { storageCommands, storageEvents } from './storage.ts';
import { thumbCommands } from './thumbs.ts';
import { transferCommands, transferEvents } from './transfer.ts';

/** Everything the window can ask, by channel. */
export const commands = {
  ...appCommands,
  ...profileCommands,
  ...modelCommands,
  ...draftCommands,
  ...askedCommands,
  ...presetCommands,
  ...runCommands,
  ...jobCommands,
  ...liveCommands,
  ...mediaCommands,
  ...moneyCommands,
  ...savingCommands,
  ...pictureCommands,
  ...shelfCommands,
  ...historyCommands,
  ...thumbCommands,
  ...storageCommands,
  ...transferCommands,
};

/** Everything main tells the window unasked, by channel. */
export const events = {
  ...appEvents,
  ...profileEvents,
  ...modelEvents,
  ...runEvents,
  ...jobEvents,
  ...moneyEvents,
  ...savingEvents,
  ...shelfEvents,
  ...historyEvents,
  ...storageEvents,
  ...transferEvents,
};

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandRequest<N extends CommandName> = z.infer<Commands[N]['request']>;
export type CommandResponse<N extends CommandName> = z.infer<Commands[N]['response']>;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.infer<Events[N]>;

/** What the preload exposes as `window.playground`: one function a command, one subscription an event. */
export type PlaygroundApi = {
  readonly commands: {
    readonly [N in CommandName]: (request: CommandRequest<N>) => Promise<Answer<CommandResponse<N>>>;
  };
  /** Each returns the function that ends the subscription. */
  readonly events: {
    readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void;
  };
};
