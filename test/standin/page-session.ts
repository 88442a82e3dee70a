import { randomBytes } from 'node:crypto';
import type { CdpSession } from './cdp.ts';
import { launch } from './launch.ts';
import { guardNavigation } from './navigation-guard.ts';
import { mainWorldSource, PRELOAD_WORLD, preloadSource } from './page-source.ts';
import { serverPort } from './scheme-urls.ts';
import type { Target } from './targets.ts';

/** How a page is to be set up before its first document. */
export interface PageOptions {
  readonly preload: string | undefined;
  readonly additionalArguments: readonly string[];
  readonly ipcToken: string;
  /** The page's content size; undefined leaves the window's own. */
  readonly viewport: { readonly width: number; readonly height: number } | undefined;
  readonly colorScheme: 'light' | 'dark' | 'system';
  /** Frames of the slow channel; see page-channel. */
  readonly slow: {
    open(doc: string, sink: (frame: Uint8Array) => void): void;
    receive(doc: string, frame: Uint8Array): void;
    close(doc: string): void;
  };
  readonly guard: Parameters<typeof guardNavigation>[1];
}

const PREFIX = `standin${randomBytes(6).toString('hex')}`;

/** Prepares a page that waits at its start: scripts, guards, emulation. The page then goes on. */
export async function preparePage(
  target: Target,
  options: PageOptions,
  resume: () => Promise<void>,
): Promise<PageWorld> {
  const { session } = target;
  const world = new PageWorld(target, options.slow);
  const config = {
    token: randomBytes(16).toString('hex'),
    ipcToken: options.ipcToken,
    port: serverPort(),
    binding: `${PREFIX}Up`,
    receiver: `${PREFIX}Down`,
    platform: process.platform,
    argv: [process.argv[0] ?? '', ...options.additionalArguments],
    versions: versions(),
    env: {},
  };
  // None of these is awaited before the page goes on: a waiting page answers some of them only then. The order counts.
  const sent = [
    session.try('Page.enable'),
    session.try('Runtime.enable'),
    session.try('Log.enable'),
    session.try('Network.enable'),
    session.try('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.try('Runtime.addBinding', { name: config.binding, executionContextName: PRELOAD_WORLD }),
    session.try('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(config) }),
    session.try('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadSource(config, options.preload),
      worldName: PRELOAD_WORLD,
    }),
    guardNavigation(session, options.guard),
    guardFrames(session, options.guard),
    session.try('Emulation.setFocusEmulationEnabled', { enabled: true }),
    setColorScheme(session, options.colorScheme),
    options.viewport && setViewport(session, options.viewport),
  ];
  sent.push(resume());
  await Promise.all(sent);
  return world;
}

/** The size of the page itself, as a BrowserWindow without a frame around it. */
export function setViewport(session: CdpSession, size: { width: number; height: number }): Promise<unknown> {
  return session.try('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: 0,
    mobile: false,
    screenWidth: 1920,
    screenHeight: 1080,
  });
}

/** What `prefers-color-scheme` says. */
export function setColorScheme(session: CdpSession, scheme: 'light' | 'dark' | 'system'): Promise<unknown> {
  const features = scheme === 'system' ? [] : [{ name: 'prefers-color-scheme', value: scheme }];
  return session.try('Emulation.setEmulatedMedia', { features });
}

/** Frames of other sites live in processes of their own and navigate on sessions of their own. */
function guardFrames(session: CdpSession, guard: PageOptions['guard']): Promise<unknown> {
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const frame = session.child(sessionId);
    void Promise.all([
      frame.try('Page.enable'),
      guardNavigation(frame, guard),
      guardFrames(frame, guard),
      frame.try('Runtime.runIfWaitingForDebugger'),
    ]);
  });
  return session.try('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'iframe' }, { exclude: true }],
  });
}

function versions(): Record<string, string> {
  const { node, v8, chrome, electron } = process.versions;
  return { node, v8, chrome: chrome ?? '', electron: electron ?? '', app: launch().version };
}

/** The JS worlds of a page's present document, as DevTools knows them. */
export class PageWorld {
  readonly #session: CdpSession;
  #preload: number | undefined;

  constructor(target: Target, slow: PageOptions['slow']) {
    const { session } = target;
    this.#session = session;
    const docs = new Map<number, string>();
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData?.['frameId'] === target.id)
        this.#preload = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      const doc = docs.get(executionContextId);
      docs.delete(executionContextId);
      if (doc !== undefined) slow.close(doc);
    });
    session.on('Runtime.executionContextsCleared', () => {
      for (const doc of docs.values()) slow.close(doc);
      docs.clear();
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId: contextId }) => {
      if (name !== `${PREFIX}Up`) return;
      const doc = docs.get(contextId);
      if (doc !== undefined) slow.receive(doc, Buffer.from(payload, 'base64'));
      else if (payload.startsWith('hello:')) {
        docs.set(contextId, payload);
        slow.open(payload, (frame) => {
          const expression = `${PREFIX}Down("${Buffer.from(frame).toString('base64')}")`;
          void session.try('Runtime.evaluate', { expression, contextId });
        });
      }
    });
  }

  /** Paths of the files that the preload side holds up for us; see page-files. */
  async filePaths(): Promise<string[]> {
    const list = await this.#session.send('Runtime.evaluate', {
      expression: `globalThis["${PREFIX}DownFiles"] ?? []`,
      ...(this.#preload !== undefined && { contextId: this.#preload }),
    });
    const { objectId } = list.result;
    if (objectId === undefined) return [];
    const { result } = await this.#session.send('Runtime.getProperties', { objectId, ownProperties: true });
    const files = result.filter(({ name, value }) => /^\d+$/.test(name) && value?.objectId !== undefined);
    return Promise.all(
      files.map(async ({ value }) => {
        const info = await this.#session.try('DOM.getFileInfo', { objectId: value?.objectId ?? '' });
        return info?.path ?? '';
      }),
    );
  }
}
