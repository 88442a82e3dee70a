import { appError } from '../../shared/fal/errors.ts';
import type { AppInfo, HistoryLook, SwitchName, Theme } from '../../shared/ipc/app.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import { fail, ok } from '../../shared/result.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import type { HistoryService } from '../history/history-service.ts';
import type { TransferService } from '../history/transfer-service.ts';
import type { History } from '../history/history.ts';
import type { InputFiles } from '../history/input-files.ts';
import type { AskedService } from '../models/asked-service.ts';
import type { DraftService } from '../models/draft-service.ts';
import type { ModelMarks } from '../models/model-marks.ts';
import { readPreset } from '../models/preset-file.ts';
import type { PresetService } from '../models/preset-service.ts';
import type { ModelService } from '../models/model-service.ts';
import type { PriceBook } from '../models/price-book.ts';
import type { SpendGuard } from '../money/spend-guard.ts';
import type { LiveService } from '../realtime/live-service.ts';
import type { ProfileService } from '../profiles/profile-service.ts';
import type { RunService } from '../runs/run-service.ts';
import type { PictureRequests } from '../saving/picture-requests.ts';
import type { SavingService } from '../saving/saving-service.ts';
import type { ShelfService } from '../shelf/shelf-service.ts';
import type { FileHealth } from '../history/file-health.ts';
import type { RoomKeeper } from '../history/room.ts';
import type { SmallPictures } from '../history/small-pictures.ts';
import type { Handlers } from './bind.ts';
import { historyHandlers } from './handlers-history.ts';
import { runHandlers } from './handlers-runs.ts';
import { savingHandlers } from './handlers-saving.ts';
import { shelfHandlers } from './handlers-shelf.ts';
import { storageHandlers } from './handlers-storage.ts';
import { thumbHandlers } from './handlers-thumbs.ts';
import { transferHandlers } from './handlers-transfer.ts';

/** The few things only Electron can do, named so that this file needs not know it. */
export interface Desktop {
  readonly info: () => AppInfo;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly setSwitch: (name: SwitchName, on: boolean) => Promise<void>;
  readonly setCodeLanguage: (language: CodeLanguage) => Promise<void>;
  readonly setDetailWidth: (width: number) => Promise<void>;
  readonly setHistoryLook: (look: HistoryLook) => Promise<void>;
  /** False when the address may not be opened. */
  readonly openExternal: (url: string) => boolean;
  readonly copyText: (text: string) => void;
  readonly showDataDir: () => void;
  /** Asks for a folder, beginning at `at`; null when the person changed their mind. */
  readonly chooseFolder: (at: string | null) => Promise<string | null>;
  readonly openFolder: (path: string) => void;
  /** Asks for a place to write to, beginning with this name among the downloads; null when the person changed their mind. */
  readonly choosePlace: (fileName: string) => Promise<string | null>;
  /** Asks for a file with this ending (without a dot); null when the person changed their mind. */
  readonly chooseFile: (ending: string) => Promise<string | null>;
  /** Asks where to, then copies; false when the person changed their mind. */
  readonly saveFileAs: (sha256: string, fileName: string) => Promise<Answer<boolean>>;
  /** The same for a text. */
  readonly saveTextAs: (text: string, fileName: string) => Promise<Answer<boolean>>;
}

/** The ways of a stored file into other programs. */
export interface FileOut {
  /** `png`: the picture as one, where the file is of another kind. */
  readonly copyPicture: (sha256: string, png: Uint8Array | null) => Promise<Answer<null>>;
  readonly drag: (sha256: string, fileName: string) => Promise<Answer<null>>;
  readonly show: (sha256: string, fileName: string) => Promise<Answer<null>>;
}

export interface Services {
  readonly desktop: Desktop;
  readonly fileOut: FileOut;
  readonly history: History;
  readonly profiles: ProfileService;
  readonly models: ModelService;
  readonly prices: PriceBook;
  readonly marks: ModelMarks;
  readonly drafts: DraftService;
  readonly asked: AskedService;
  readonly presets: PresetService;
  readonly runs: RunService;
  readonly files: InputFiles;
  readonly live: LiveService;
  readonly spend: SpendGuard;
  readonly saving: SavingService;
  readonly requests: PictureRequests;
  readonly shelf: ShelfService;
  readonly found: HistoryService;
  readonly small: SmallPictures;
  readonly room: RoomKeeper;
  readonly health: FileHealth;
  readonly transfers: TransferService;
}

/** The contract, command by command, in terms of the services. */
export function createHandlers({
  desktop,
  fileOut,
  history,
  profiles,
  models,
  prices,
  marks,
  drafts,
  asked,
  presets,
  runs,
  files,
  live,
  spend,
  saving,
  requests,
  shelf,
  found,
  small,
  room,
  health,
  transfers,
}: Services): Handlers {
  return {
    'app.info': () => ok(desktop.info()),
    'app.setTheme': async ({ theme }) => {
      await desktop.setTheme(theme);
      return ok(null);
    },
    'app.setSwitch': async ({ name, on }) => {
      await desktop.setSwitch(name, on);
      return ok(null);
    },
    'app.setCodeLanguage': async ({ language }) => {
      await desktop.setCodeLanguage(language);
      return ok(null);
    },
    'app.setDetailWidth': async ({ width }) => {
      await desktop.setDetailWidth(width);
      return ok(null);
    },
    'app.setHistoryLook': async ({ look }) => {
      await desktop.setHistoryLook(look);
      return ok(null);
    },
    'app.openExternal': ({ url }) =>
      desktop.openExternal(url)
        ? ok(null)
        : fail(appError('input', 'This address is not opened', { detail: url.slice(0, 200) })),
    'app.copyText': ({ text }) => {
      desktop.copyText(text);
      return ok(null);
    },
    'app.showDataDir': () => {
      desktop.showDataDir();
      return ok(null);
    },
    'profiles.list': () => ok(profiles.list()),
    'profiles.use': ({ id }) => profiles.use(id),
    'keys.add': async (request) => {
      const added = await profiles.addKey(request);
      // Runs that waited for this key go on at once; what stops that is told in the run.
      if (added.ok) void runs.recheck().catch(() => undefined);
      return added;
    },
    'keys.rename': ({ id, name }) => profiles.renameKey(id, name),
    'keys.remove': ({ id }) => profiles.removeKey(id),
    'models.list': async () => ok(await models.list()),
    'models.refresh': async () => ok(await models.refresh()),
    'models.document': ({ endpointId }) => models.document(endpointId),
    'models.prices': async ({ endpointIds }) => ok(await prices.of(endpointIds)),
    'models.marks': async () => ok(await marks.list()),
    'models.star': ({ endpointId, starred }) => marks.star(endpointId, starred),
    'drafts.open': async ({ endpointId, place }) => {
      void marks.opened(endpointId);
      return ok(await drafts.open(endpointId, place));
    },
    'drafts.kept': async ({ endpointId }) => ok(await drafts.kept(endpointId)),
    'drafts.save': async ({ endpointId, input }) => {
      await drafts.save(endpointId, input);
      return ok(null);
    },
    'drafts.last': async ({ place }) => ok(await drafts.last(place)),
    'asked.kept': async ({ endpointId }) => ok(await asked.kept(endpointId)),
    'asked.save': async ({ endpointId, ...kept }) => {
      await asked.save(endpointId, kept);
      return ok(null);
    },
    'presets.list': async ({ endpointId }) => ok(await presets.list(endpointId)),
    'presets.save': (request) => presets.save(request),
    'presets.rename': ({ endpointId, from, to }) => presets.rename(endpointId, from, to),
    'presets.remove': ({ endpointId, name }) => presets.remove(endpointId, name),
    'presets.share': async ({ endpointId, name }) => {
      const shared = await presets.share(endpointId, name);
      if (!shared.ok) return shared;
      const { text, filesLeftOut } = shared.value;
      const saved = await desktop.saveTextAs(text, `${name}.json`);
      return saved.ok ? ok(saved.value ? { filesLeftOut } : null) : saved;
    },
    'presets.read': ({ text }) => readPreset(text),
    ...runHandlers({ runs, history, activeProfile: () => profiles.active }),
    'jobs.list': async () => ok(await history.unfinished()),
    'media.saveAs': ({ sha256, fileName }) => desktop.saveFileAs(sha256, fileName),
    'live.open': (request) => live.open(request),
    'live.close': ({ session }) => {
      live.close(session);
      return ok(null);
    },
    'live.keep': (request) => live.keep(request),
    'media.add': (request) => files.add(request),
    'media.copyPicture': ({ sha256, png }) => fileOut.copyPicture(sha256, png),
    'media.drag': ({ sha256, fileName }) => fileOut.drag(sha256, fileName),
    'media.show': ({ sha256, fileName }) => fileOut.show(sha256, fileName),
    'media.recent': async (query) => ok(await history.recentFiles(query)),
    ...savingHandlers(saving, requests, desktop),
    ...shelfHandlers(shelf),
    ...historyHandlers(found),
    ...thumbHandlers(small),
    ...storageHandlers(room, health),
    ...transferHandlers(transfers, desktop),
    'media.facts': async ({ sha256 }) => ok(await files.facts(sha256)),
    'money.summary': async () => ok(await spend.summary()),
    'money.setLimits': (limits) => spend.setLimits(limits),
    'money.estimate': async ({ requests }) => ok(await spend.reckon(requests)),
  };
}
