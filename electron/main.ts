import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  ipcMain,
  MessageChannelMain,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
} from 'electron';
import type { BrowserWindow } from 'electron';
import * as z from 'zod';
import { LIVE_PORT } from '../shared/ipc/channels.ts';
import { createTransport } from './fal/transport/transport.ts';
import { readPac, withUsers } from './fal/transport/ways.ts';
import { HistoryService } from './history/history-service.ts';
import { openHistory } from './history/history.ts';
import { TransferService } from './history/transfer-service.ts';
import { InputFiles } from './history/input-files.ts';
import { MediaStore } from './history/media-store.ts';
import { FileHealth } from './history/file-health.ts';
import { RoomKeeper } from './history/room.ts';
import { SmallPictures } from './history/small-pictures.ts';
import { NamedCopies } from './history/named-copies.ts';
import { bindCommands } from './ipc/bind.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createTeller } from './ipc/tell.ts';
import { Keychain } from './keychain/keychain.ts';
import { keytarBackend } from './keychain/keytar-backend.ts';
import { placesIn } from './keychain/places.ts';
import { safeStorageBackend } from './keychain/safe-storage-backend.ts';
import { AskedService } from './models/asked-service.ts';
import { DraftService } from './models/draft-service.ts';
import { KeptCopies } from './models/kept-copies.ts';
import { ModelMarks } from './models/model-marks.ts';
import { ModelService } from './models/model-service.ts';
import { PresetService } from './models/preset-service.ts';
import { PriceBook } from './models/price-book.ts';
import { SpendGuard } from './money/spend-guard.ts';
import { DemoServer } from './profiles/demo-server.ts';
import { ProfileService } from './profiles/profile-service.ts';
import { LiveService } from './realtime/live-service.ts';
import { resultFiles } from './runs/fetch-file.ts';
import { RunService } from './runs/run-service.ts';
import { keptMost } from './runs/waiting-line.ts';
import { endWords } from '../shared/runs/end-words.ts';
import type { Run } from '../shared/runs/run.ts';
import { Attention } from './shell/attention.ts';
import { PictureRequests } from './saving/picture-requests.ts';
import { SavingService } from './saving/saving-service.ts';
import { ShelfService } from './shelf/shelf-service.ts';
import { APP_PRIVILEGES, APP_SCHEME, appSchemeHandler } from './shell/app-scheme.ts';
import { createDesktop, restoreTheme } from './shell/desktop.ts';
import { createFileOut } from './shell/file-out.ts';
import { guardNavigation, guardPermissions } from './shell/guards.ts';
import { keptSettings } from './shell/kept-settings.ts';
import { installMenu } from './shell/menu.ts';
import { bring, Notifier, showProgress } from './shell/notifier.ts';
import { quitQuestion } from './shell/quit-question.ts';
import { QuitGuard } from './shell/quit.ts';
import { quitWith } from './shell/quit-with.ts';
import { createWindow, isFromPage, openPage } from './shell/window.ts';

// zod compiles its parsers with `new Function` unless told not to.
z.config({ jitless: true });

protocol.registerSchemesAsPrivileged([APP_PRIVILEGES]);

const built = (name: string): URL => new URL(name, import.meta.url);

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  void app.whenReady().then(start).catch(quitWith);
} else {
  app.quit();
}

async function start(): Promise<void> {
  // Windows shows notifications of programs it knows by this name alone.
  if (process.platform === 'win32') app.setAppUserModelId('app.fal-playground.desktop');
  const dataDir = app.getPath('userData');
  const devServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
  let window: BrowserWindow | null = null;
  const tell = createTeller(() => window);
  const indexed = (): void => tell('history.changed', { ids: null, about: 'runs' });
  const opened = await openHistory(dataDir, built('./history-worker.js'), indexed);
  const { history, setAside, unwritable } = opened;
  const media = new MediaStore(dataDir);
  await media.open();
  const small = new SmallPictures({ dir: dataDir, history });
  await small.open();
  const files = new InputFiles({ history, media });

  const notices: string[] = [];
  if (setAside !== null)
    notices.push(
      `The history could not be opened. It was set aside as ${setAside}, and a new one was begun.`,
    );
  if (unwritable !== null)
    notices.push(
      `Nothing can be written in ${dataDir} (${unwritable}). What is there can be looked at, but nothing can be run. Make room, or make it writable, and start again.`,
    );
  await restoreTheme(history);

  const notice = (sentence: string): void => {
    // Kept too: the page may not listen yet.
    if (!notices.includes(sentence)) notices.push(sentence);
    tell('app.noticed', { sentence });
  };
  const program = `${app.getName()} ${app.getVersion()}`;
  const requests = new PictureRequests({ history, on: () => saving.get().requests, program });
  const saving: SavingService = new SavingService({
    history,
    media,
    requests,
    notice,
    changed: (now) => tell('saving.changed', now),
  });
  await saving.open();
  const room = new RoomKeeper({
    dir: dataDir,
    history,
    media,
    notice,
    changed: () => tell('history.changed', { ids: null, about: 'runs' }),
  });
  await room.open();
  const shelf = new ShelfService({ history, changed: (loras) => tell('shelf.changed', loras) });
  const runChanged = (run: Run): void => {
    tell('runs.changed', run);
    saving.hear(run);
    room.hear(run);
    void shelf.hear(run).catch(() => undefined);
  };

  const localServer = app.commandLine.getSwitchValue('hosts') || null;
  const keychain = new Keychain({
    backends: [keytarBackend(), safeStorageBackend(safeStorage, join(dataDir, 'keys.json'))],
    places: placesIn(history),
    changed: () => profiles.tell(),
  });
  // As the system is set, asked for each connection; a password it does not tell may be in the environment.
  const transport = createTransport({
    waysTo: withUsers(
      async ({ href }) => readPac(await session.defaultSession.resolveProxy(href)),
      process.env,
    ),
  });
  const profiles: ProfileService = new ProfileService({
    history,
    keychain,
    demo: new DemoServer(built('./local-fal-worker.js')),
    localServer,
    environment: process.env,
    transport,
    userAgent: `fal-playground/${app.getVersion()}`,
    changed: (list) => {
      tell('profiles.changed', list);
      live.recheckKey();
    },
  });
  const isOwnAddress = (id: string, url: string): Promise<boolean> => profiles.isOwnAddress(id, url);
  const shared = {
    history,
    activeProfile: () => profiles.active,
    activeRealm: () => profiles.activeRealm,
    connection: (id: string) => profiles.connection(id),
  };
  const live: LiveService = new LiveService({
    ...shared,
    files,
    document: (endpointId) => models.document(endpointId),
    isLocal: (id) => profiles.isLocal(id),
    fetchFile: resultFiles({ media, history, fetch: transport.fetch, isOwnAddress }),
    fetch: transport.fetch,
    openPort: (session) => {
      if (window === null || window.webContents.isDestroyed()) return null;
      const { port1, port2 } = new MessageChannelMain();
      window.webContents.postMessage(LIVE_PORT, session, [port2]);
      return port1;
    },
    changed: runChanged,
  });
  // Not waited for: a keyring that hangs takes seconds, and the window says where keys are once it is known.
  void keychain.open().then(() => profiles.tell());
  await profiles.open();
  const models = new ModelService({
    ...shared,
    copies: new KeptCopies({ history, server: localServer }),
    changed: (catalogue) => tell('models.changed', catalogue),
  });
  const prices = new PriceBook(shared);
  const marks = new ModelMarks({ ...shared, changed: (list) => tell('models.marked', list) });
  const drafts = new DraftService(shared);
  const asked = new AskedService({ history });
  const presets = new PresetService({ history });
  const spend = new SpendGuard({
    ...shared,
    prices,
    document: (endpointId) => models.document(endpointId),
    // The demo is nobody's money, and what a server in fal's place charges is none of fal's.
    counts: (id) => id !== 'demo' && profiles.isLocal(id) === (localServer !== null),
    changed: () => tell('money.changed', null),
  });
  await spend.open();
  const runs = new RunService({
    ...shared,
    media,
    files,
    fetch: transport.fetch,
    isOwnAddress,
    money: spend,
    most: await keptMost(history),
    changed: (run) => {
      runChanged(run);
      spend.heard();
      attention.hear(run);
    },
    partial: (partial) => tell('runs.partial', partial),
    logged: (id, entries) => tell('runs.logged', { id, entries: [...entries] }),
    notice,
  });
  const notifier = new Notifier();
  const showEnded = async (ended: readonly Run[]): Promise<void> => {
    if (window === null) await open();
    if (window === null) return;
    bring(window);
    tell('jobs.wanted', { id: (ended.length === 1 ? ended[0]?.id : null) ?? null });
  };
  const attention: Attention = new Attention({
    away: () => window === null || !window.isFocused(),
    wanted: () => desktop.info().switches.notify,
    tell: (ended) => notifier.show(endWords(ended), () => void showEnded(ended)),
    progress: (share) => showProgress(window, share),
  });
  powerMonitor.on('resume', () => void runs.recheck());
  const quit = new QuitGuard({
    window: () => window,
    // The demo's server lives in this program.
    question: () => quitQuestion(runs.live(), ({ profileId }) => profileId === 'demo', transfers.now),
  });

  const found = new HistoryService({
    history,
    media,
    small,
    profilesNamed: (name) =>
      profiles.list().profiles.flatMap((one) => (one.name.toLowerCase() === name ? [one.id] : [])),
    changed: (ids, about) => {
      room.marked();
      tell('history.changed', { ids: ids && [...ids], about });
    },
    purged: () => spend.heard(),
  });
  const fetchAgain = resultFiles({
    media: { fetch: (url, options) => media.fetch(url, { ...options, replace: true }) },
    history,
    fetch: transport.fetch,
    isOwnAddress,
  });
  const life = new AbortController();
  const health = new FileHealth({
    dir: dataDir,
    history,
    media,
    look: unwritable !== null,
    fetchAgain: (profileId, url, type) => fetchAgain(profileId, url, type, life.signal),
    changed: runChanged,
    tell: (now) => tell('storage.changed', now),
  });
  const transfers = new TransferService({
    history,
    media,
    found,
    profiles,
    changed: (transfer) => tell('transfer.changed', transfer),
    imported: () => spend.heard(),
  });
  const copies = new NamedCopies({ history, media, requests, dir: join(dataDir, 'copies') });
  await copies.open();
  const fileOut = createFileOut({ history, media, copies, window: () => window });
  const desktop = createDesktop({
    history,
    media,
    requests,
    window: () => window,
    settings: await keptSettings(history),
    notices,
  });
  bindCommands(
    ipcMain,
    (event) => isFromPage(window, event),
    createHandlers({
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
      transfers,
      small,
      room,
      health,
    }),
    (channel, error) =>
      process.stderr.write(
        `${channel}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      ),
  );

  protocol.handle(
    APP_SCHEME,
    appSchemeHandler({
      bundleDir: fileURLToPath(built('../renderer')),
      devServer,
      file: async (sha256) => {
        const stored = await history.file(sha256);
        return stored && { path: media.pathOf(sha256), contentType: stored.contentType };
      },
      smallPicture: (sha256) => small.pathOf(sha256),
    }),
  );
  guardPermissions(session.defaultSession);
  installMenu(process.platform === 'darwin', app.isPackaged);

  const open = async (): Promise<void> => {
    window = createWindow({
      preload: fileURLToPath(built('../preload/preload.cjs')),
      dark: nativeTheme.shouldUseDarkColors,
    });
    quit.watch(window);
    window.on('focus', () => {
      attention.back();
      notifier.clear();
      void found.hearOthers().then((wrote) => (wrote ? spend.heard() : undefined));
    });
    guardNavigation(window.webContents, desktop.openExternal);
    // A page that crashed is opened again: nothing of it is lost, for rows and drafts are main's.
    const { webContents } = window;
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !webContents.isDestroyed()) webContents.reload();
    });
    window.on('closed', () => {
      window = null;
    });
    await openPage(window);
  };
  app.on('second-instance', () => {
    if (window !== null) bring(window);
  });
  app.on('activate', () => {
    if (window === null) void open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let written = false;
  app.on('will-quit', (event) => {
    attention.close();
    notifier.clear();
    runs.close();
    live.close();
    spend.close();
    room.close();
    health.stop();
    life.abort();
    if (written) return;
    // What was told to the history before this moment is on the disk before the program goes, and no half export is left.
    event.preventDefault();
    const settled = transfers.close().then(() => history.close());
    void settled.finally(() => {
      written = true;
      // A call that hangs in a keyring's library would keep the process alive without a window, for ever.
      if (keychain.stuck) process.kill(process.pid, 'SIGKILL');
      else app.quit();
    });
  });

  await open();
  await Promise.all([runs.recover(), found.empty(), opened.check(notice)]);
}
