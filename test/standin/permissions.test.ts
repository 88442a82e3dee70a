import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchFixture, CAN_RUN } from './testing.ts';
import type { Fixture } from './testing.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await launchFixture();
});
afterAll(() => fixture.end());

declare global {
  var permissionCalls: { permission: string; url: string; mediaTypes: string[] }[];
}

type Handlers = { request?: 'allow' | 'deny'; check?: 'allow' | 'deny' };

const setHandlers = (handlers: Handlers): Promise<void> =>
  fixture.app.evaluate(({ session }, { request, check }) => {
    globalThis.permissionCalls = [];
    const { defaultSession } = session;
    defaultSession.setPermissionRequestHandler(
      request
        ? (_contents, permission, callback, details) => {
            const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
            globalThis.permissionCalls.push({ permission, url: details.requestingUrl, mediaTypes });
            callback(request === 'allow');
          }
        : null,
    );
    defaultSession.setPermissionCheckHandler(check ? () => check === 'allow' : null);
  }, handlers);

/** What the page gets when it really asks. */
const ask = (what: string): Promise<string> =>
  fixture.page.evaluate(async (name) => {
    const outcome = (asked: Promise<unknown>): Promise<string> =>
      asked.then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
    switch (name) {
      case 'camera':
        return outcome(navigator.mediaDevices.getUserMedia({ video: true }));
      case 'microphone':
        return outcome(navigator.mediaDevices.getUserMedia({ audio: true }));
      case 'notifications':
        return Notification.requestPermission();
      case 'clipboard-read':
        return outcome(navigator.clipboard.readText());
      case 'midi':
        // Where the system has no sequencer, what is granted fails with InvalidStateError.
        return outcome(navigator.requestMIDIAccess()).then((got) =>
          got.replace('InvalidStateError', 'granted'),
        );
      default:
        return new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            // Code 1 is a refusal; the others mean that it was allowed to look, and found nothing.
            (error) => resolve(error.code === 1 ? 'NotAllowedError' : 'granted'),
            { timeout: 1000 },
          );
        });
    }
  }, what);

const query = (name: string): Promise<string> =>
  fixture.page.evaluate(
    async (wanted) => (await navigator.permissions.query({ name: wanted as PermissionName })).state,
    name,
  );

const asking = [
  ['camera', 'media', 'NotAllowedError'],
  ['microphone', 'media', 'NotAllowedError'],
  ['notifications', 'notifications', 'denied'],
  ['clipboard-read', 'clipboard-read', 'NotAllowedError'],
  ['midi', 'midi', 'NotAllowedError'],
  ['geolocation', 'geolocation', 'NotAllowedError'],
] as const;
// `Notification.requestPermission` and MIDI have words of their own for it.
const REFUSED = /^(NotAllowedError|SecurityError|denied)$/;

describe.skipIf(!CAN_RUN)('permissions', () => {
  describe('without handlers', () => {
    beforeEach(() => setHandlers({}));
    it.each(asking)('grants %s', async (what) => {
      expect(await ask(what)).toBe('granted');
    });
  });

  describe('with a request handler that refuses', () => {
    beforeEach(() => setHandlers({ request: 'deny' }));
    it.each(asking)('refuses %s', async (what, permission) => {
      expect(await ask(what)).toMatch(REFUSED);
      expect(await fixture.app.evaluate(() => globalThis.permissionCalls)).toMatchObject([
        { permission, url: 'app://bundle/index.html' },
      ]);
    });
  });

  describe('with a request handler that grants', () => {
    beforeEach(() => setHandlers({ request: 'allow', check: 'deny' }));
    it.each(asking)('grants %s', async (what) => {
      expect(await ask(what)).toBe('granted');
    });
  });

  it('tells camera from microphone, and asks anew each time', async () => {
    await setHandlers({ request: 'allow' });
    expect(await ask('camera')).toBe('granted');
    expect(await query('microphone')).toBe('denied');
    expect(
      await fixture.app.evaluate(() => globalThis.permissionCalls.map(({ mediaTypes }) => mediaTypes)),
    ).toEqual([['video']]);
    await setHandlers({ request: 'deny' });
    expect(await ask('camera')).toBe('NotAllowedError');
  });

  it('lets a granted camera give a picture', async () => {
    await setHandlers({ request: 'allow' });
    const width = await fixture.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      return stream.getVideoTracks()[0]?.getSettings().width ?? 0;
    });
    expect(width).toBeGreaterThan(0);
  });

  it.each(['allow', 'deny'] as const)('answers a query by the check handler: %s', async (check) => {
    await setHandlers({ request: 'deny', check });
    await expect.poll(() => query('geolocation')).toBe(check === 'allow' ? 'granted' : 'denied');
  });

  it('keeps its answer over a reload and from a frame', async () => {
    await setHandlers({ request: 'deny' });
    await fixture.page.reload();
    expect(await query('camera')).toBe('denied');
    const frame = fixture.page.frame({ url: /frame\.html/ });
    const inFrame = await frame?.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    );
    expect(inFrame).toBe('NotAllowedError');
  });
});
