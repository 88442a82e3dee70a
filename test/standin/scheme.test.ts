import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFixture, CAN_RUN } from './testing.ts';
import type { Fixture } from './testing.ts';

let fixture: Fixture;
let port = '';
beforeAll(async () => {
  fixture = await launchFixture();
  ({ port } = new URL(fixture.page.url()));
});
afterAll(() => fixture.end());

interface Got {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Asks the server from outside the window. */
function outside(path: string, host: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { ...headers, host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe.skipIf(!CAN_RUN)('a custom scheme', () => {
  it('passes the handler’s headers on untouched, the CSP above all', async () => {
    const { headers } = await outside('/index.html', `bundle.app.localhost:${port}`);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(headers['content-type']).toBe('text/html');
    // What the page sees of it: the inline script did not run.
    expect(await fixture.page.evaluate(() => 'inline' in window)).toBe(false);
  });

  it('gives the handler the app’s URL and the page’s request', async () => {
    await fixture.page.evaluate(() =>
      fetch('/frame.html?a=1', { method: 'HEAD', headers: { range: 'bytes=0-1' } }),
    );
    const requests = await fixture.app.evaluate(() => globalThis.seen.requests);
    expect(requests.at(-1)).toEqual({
      url: 'app://bundle/frame.html?a=1',
      method: 'HEAD',
      range: 'bytes=0-1',
    });
  });

  it('answers ranges as the handler does', async () => {
    const got = await fixture.page.evaluate(async () => {
      const response = await fetch('/big', { headers: { range: 'bytes=1000-1003' } });
      const bytes = [...new Uint8Array(await response.arrayBuffer())];
      return { status: response.status, range: response.headers.get('content-range'), bytes };
    });
    const bytes = [1000, 1001, 1002, 1003].map((i) => i % 251);
    expect(got).toEqual({ status: 206, range: 'bytes 1000-1003/1048576', bytes });
  });

  it('streams: the first part is there before the last is made', async () => {
    const chunks = await fixture.page.evaluate(async () => {
      const reader = (await fetch('/stream')).body?.getReader();
      const times: number[] = [];
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        times.push(performance.now());
      }
      return (times.at(-1) ?? 0) - (times[0] ?? 0);
    });
    expect(chunks).toBeGreaterThan(50);
  });

  it('turns a failing handler into a network error', async () => {
    const name = await fixture.page.evaluate(() => fetch('/broken').catch((error: Error) => error.name));
    expect(name).toBe('TypeError');
  });
});

describe.skipIf(!CAN_RUN)('the server behind it', () => {
  it.each(['127.0.0.1', 'localhost', 'bundle.file.localhost', 'evil.example'])(
    'knows no host %s',
    async (host) => {
      expect((await outside('/index.html', `${host}:${port}`)).status).toBe(404);
    },
  );

  it('gives IPC to nobody without the token', async () => {
    const host = `bundle.app.localhost:${port}`;
    expect((await outside('/__standin__/down?doc=x', host)).status).toBe(403);
    expect((await outside('/__standin__/down?doc=x', host, { 'x-standin-token': 'guess' })).status).toBe(403);
    const upgraded = outside('/__standin__/ipc?doc=x', host, {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-protocol': 'guess',
    });
    await expect(upgraded).rejects.toThrow('socket hang up');
  });

  it('gives it to the window, which has it', async () => {
    expect(await fixture.page.evaluate(() => window.api.invoke('echo', 1))).toEqual([1]);
  });
});
