import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { USUAL_LOOK } from '../../shared/history/look.ts';
import { commandNames, eventNames } from '../../shared/ipc/channels.ts';
import { commands, events } from '../../shared/ipc/contract.ts';
import type { CommandName } from '../../shared/ipc/contract.ts';
import { fail, ok } from '../../shared/result.ts';
import { directly } from '../fal/fal.fixture.ts';
import { aRun, tempDir, tempHistory } from '../history/history.fixture.ts';
import { InputFiles } from '../history/input-files.ts';
import { MediaStore } from '../history/media-store.ts';
import { Keychain } from '../keychain/keychain.ts';
import { placesIn } from '../keychain/places.ts';
import { PresetService } from '../models/preset-service.ts';
import { AskedService } from '../models/asked-service.ts';
import { DraftService } from '../models/draft-service.ts';
import { KeptCopies } from '../models/kept-copies.ts';
import { ModelMarks } from '../models/model-marks.ts';
import { ModelService } from '../models/model-service.ts';
import { PriceBook } from '../models/price-book.ts';
import { SpendGuard } from '../money/spend-guard.ts';
import { ProfileService } from '../profiles/profile-service.ts';
import { UNRECKONED } from '../runs/run-money.fixture.ts';
import { RunService } from '../runs/run-service.ts';
import { PictureRequests } from '../saving/picture-requests.ts';
import { SavingService } from '../saving/saving-service.ts';
import { HistoryService } from '../history/history-service.ts';
import { FileHealth } from '../history/file-health.ts';
import { RoomKeeper } from '../history/room.ts';
import { SmallPictures } from '../history/small-pictures.ts';
import { TransferService } from '../history/transfer-service.ts';
import { ShelfService } from '../shelf/shelf-service.ts';
import { bindCommands } from './bind.ts';
import { ASKED, requests } from './requests.fixture.ts';
import { createHandlers } from './handlers.ts';
import type { Desktop, FileOut } from './handlers.ts';
import { LiveService } from '../realtime/live-service.ts';
import type { Handlers } from './bind.ts';

type Listener = Parameters<IpcMain['handle']>[1];

/** The one member that is used, and a way to call what was bound. */
function fakeIpc() {
  const bound = new Map<string, Listener>();
  return {
    bound,
    handle: (channel: string, listener: Listener) => {
      if (bound.has(channel)) throw new Error(`${channel} is bound twice`);
      bound.set(channel, listener);
    },
    // Only who asks is looked at, and only by `isTrusted`, which the tests give.
    call: (channel: string, argument: unknown): unknown =>
      bound.get(channel)?.({} as IpcMainInvokeEvent, argument),
  };
}

/** The real services where nobody is at the other end. */
async function services() {
  const { history, dir } = await tempHistory();
  const calls: unknown[] = [];
  const offline = () => Promise.resolve(fail(appError('network', 'Away')));
  const desktop: Desktop = {
    info: () => ({
      name: 'n',
      version: 'v',
      platform: 'p',
      dataDir: dir,
      theme: 'dark',
      switches: { singleKeys: true, instruments: true, changedOnly: true, notify: true },
      codeLanguage: 'curl',
      detailWidth: 560,
      historyLook: USUAL_LOOK,
      notices: [],
    }),
    setTheme: (theme) => Promise.resolve(void calls.push(['theme', theme])),
    setSwitch: (name, on) => Promise.resolve(void calls.push(['switch', name, on])),
    setCodeLanguage: (language) => Promise.resolve(void calls.push(['language', language])),
    setDetailWidth: (width) => Promise.resolve(void calls.push(['width', width])),
    setHistoryLook: (look) => Promise.resolve(void calls.push(['look', look.view])),
    openExternal: (url) => url.startsWith('https:'),
    copyText: (text) => void calls.push(['copy', text]),
    showDataDir: () => void calls.push(['show']),
    chooseFolder: () => Promise.resolve(null),
    openFolder: (path) => void calls.push(['folder', path]),
    choosePlace: () => Promise.resolve(null),
    chooseFile: () => Promise.resolve(null),
    saveFileAs: () => Promise.resolve(ok(false)),
    saveTextAs: () => Promise.resolve(ok(false)),
  };
  const fileOut: FileOut = {
    copyPicture: () => Promise.resolve(ok(null)),
    drag: () => Promise.resolve(ok(null)),
    show: () => Promise.resolve(ok(null)),
  };
  const profiles = new ProfileService({
    history,
    keychain: new Keychain({ backends: [], places: placesIn(history), changed: () => undefined }),
    demo: { hosts: () => Promise.reject(new Error('no demo here')) },
    // Nobody is there, so a key can be added without being tested.
    localServer: 'http://127.0.0.1:9',
    environment: {},
    transport: { fetch: directly },
    userAgent: 'test/0',
    changed: () => undefined,
  });
  const shared = {
    history,
    activeProfile: () => profiles.active,
    activeRealm: () => profiles.activeRealm,
    connection: offline,
  };
  const media = new MediaStore(await tempDir());
  const files = new InputFiles({ history, media });
  const runs = new RunService({
    ...shared,
    media,
    files,
    fetch: directly,
    isOwnAddress: () => false,
    money: UNRECKONED,
    most: 8,
    changed: () => undefined,
    partial: () => undefined,
    logged: () => undefined,
    notice: () => undefined,
  });
  const copies = new KeptCopies({ history, server: null });
  const models = new ModelService({ ...shared, copies, changed: () => undefined });
  const live = new LiveService({
    ...shared,
    files,
    document: () => offline(),
    isLocal: () => false,
    openPort: () => null,
    fetchFile: () => offline(),
    fetch: globalThis.fetch,
    changed: () => undefined,
  });
  const prices = new PriceBook(shared);
  const spend = new SpendGuard({
    ...shared,
    prices,
    document: offline,
    counts: () => true,
    changed: () => undefined,
  });
  const quiet = { changed: () => undefined, notice: () => undefined };
  const requests = new PictureRequests({ history, on: () => true, program: 'test 0' });
  const small = new SmallPictures({ dir, history });
  const found = new HistoryService({
    history,
    media,
    small,
    profilesNamed: () => [],
    purged: () => undefined,
    ...quiet,
  });
  const handlers = createHandlers({
    desktop,
    fileOut,
    history,
    profiles,
    models,
    prices,
    marks: new ModelMarks({ ...shared, changed: () => undefined }),
    drafts: new DraftService(shared),
    asked: new AskedService({ history }),
    presets: new PresetService({ history }),
    runs,
    files,
    live,
    spend,
    room: new RoomKeeper({ dir, history, media, notice: () => undefined, changed: () => undefined }),
    health: new FileHealth({
      dir,
      history,
      media,
      fetchAgain: offline,
      changed: () => undefined,
      tell: () => undefined,
    }),
    small,
    shelf: new ShelfService({ history, ...quiet }),
    found,
    requests,
    saving: new SavingService({ history, media, requests, ...quiet }),
    transfers: new TransferService({
      history,
      media,
      found,
      profiles,
      changed: () => undefined,
      imported: () => undefined,
    }),
  });
  return { handlers, history, calls };
}

function bind(handlers: Handlers, trusted = true) {
  const ipc = fakeIpc();
  const reported: [CommandName, unknown][] = [];
  bindCommands(
    ipc,
    () => trusted,
    handlers,
    (channel, error) => reported.push([channel, error]),
  );
  return { ipc, reported };
}

test('every channel of the contract is bound once, and no other', async () => {
  const { handlers } = await services();
  const { ipc } = bind(handlers);
  expect([...ipc.bound.keys()].toSorted()).toEqual(Object.keys(commands).toSorted());
  expect(Object.keys(handlers).toSorted()).toEqual([...commandNames].toSorted());
  expect([...eventNames].toSorted()).toEqual(Object.keys(events).toSorted());
});

describe('each command through the real services', () => {
  const failing = new Map([
    ['keys.rename', 'input'],
    ['keys.remove', 'input'],
    ['models.document', 'network'],
    ['presets.share', 'not_found'],
    ['presets.read', 'input'],
    ['runs.start', 'network'],
    ['runs.startMany', 'input'],
    ['runs.attach', 'input'],
    ['runs.reorder', 'input'],
    ['runs.fetchMedia', 'not_found'],
    ['live.open', 'input'],
    ['live.keep', 'not_found'],
    ['thumbs.put', 'not_found'],
    ['storage.fetchAgain', 'not_found'],
  ]);
  test('answers in the contract’s words', async () => {
    const { handlers } = await services();
    const { ipc, reported } = bind(handlers);
    // The key that is added on the way becomes the active profile, by an id of its own.
    const active = async (): Promise<string> => {
      const answer = await handlers['profiles.list'](null);
      return answer.ok ? answer.value.active : '';
    };
    for (const name of commandNames) {
      const kind = failing.get(name);
      const expected = kind === undefined ? { ok: true } : { ok: false, error: { kind } };
      const request =
        name === 'runs.start'
          ? { profileId: await active(), endpointId: 'acme/bird', input: {}, ...ASKED, overLimit: false }
          : requests[name];
      expect([name, await ipc.call(name, request)]).toMatchObject([name, expected]);
    }
    expect(reported).toEqual([]);
  });

  test('refuses an argument it cannot read, and does nothing', async () => {
    const { handlers, history, calls } = await services();
    const { ipc } = bind(handlers);
    for (const name of commandNames)
      for (const argument of [undefined, 'text', { id: -1 }, { theme: 'pink' }, [null]])
        expect(await ipc.call(name, argument)).toMatchObject({
          ok: false,
          error: { kind: 'internal', detail: expect.stringContaining(name) },
        });
    expect(calls).toEqual([]);
    expect(await history.kept('setting:profile:local')).toBeNull();
  });
});

test('a page that is not ours gets nothing, and nothing is done for it', async () => {
  const { handlers, calls } = await services();
  const { ipc } = bind(handlers, false);
  for (const name of commandNames)
    expect(await ipc.call(name, requests[name])).toMatchObject({ ok: false, error: { kind: 'internal' } });
  expect(calls).toEqual([]);
});

test('what a handler throws becomes data, and is reported', async () => {
  const { handlers } = await services();
  const broken = new Error('Boom');
  const { ipc, reported } = bind({
    ...handlers,
    'app.info': () => {
      throw broken;
    },
    'runs.get': () => Promise.reject(broken),
  });
  for (const name of ['app.info', 'runs.get'] as const)
    expect(await ipc.call(name, requests[name])).toMatchObject({
      ok: false,
      error: { kind: 'internal', detail: 'Boom' },
    });
  expect(reported).toEqual([
    ['app.info', broken],
    ['runs.get', broken],
  ]);
});

test('nothing leaves that the contract does not name', async () => {
  const { handlers } = await services();
  const secret = { key: 'a:b' };
  const keychain = { backend: 'session', why: 'No keyring' } as const;
  const list = { active: 'fal', profiles: [], keychain, server: null };
  const profiles = { ...list, keychain: { ...keychain, ...secret }, ...secret };
  const run = { ...aRun(1), ...secret };
  const { ipc, reported } = bind({
    ...handlers,
    'profiles.list': () => ok(profiles),
    'runs.get': () => ok(run),
    'runs.logs': () => fail({ ...appError('internal', 'No'), ...secret }),
    'app.info': () => ok(JSON.parse('{"name":5}')),
  });
  expect(await ipc.call('profiles.list', null)).toEqual({ ok: true, value: list });
  expect(await ipc.call('runs.get', { id: 1 })).toEqual({ ok: true, value: aRun(1) });
  expect(await ipc.call('runs.logs', { id: 1 })).toEqual({ ok: false, error: appError('internal', 'No') });
  // An answer that breaks the contract is a bug of ours, and said as one.
  expect(await ipc.call('app.info', null)).toMatchObject({ ok: false, error: { kind: 'internal' } });
  expect(reported).toHaveLength(1);
});

test('an argument is stripped too before a handler sees it', async () => {
  const { handlers } = await services();
  const seen: unknown[] = [];
  const { ipc } = bind({
    ...handlers,
    'profiles.use': (request) => {
      seen.push(request);
      return fail(appError('input', 'No'));
    },
  });
  await ipc.call('profiles.use', { id: 'fal', extra: 1 });
  expect(seen).toEqual([{ id: 'fal' }]);
});
