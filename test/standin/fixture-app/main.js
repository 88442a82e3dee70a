// A small Electron app, with no guard of its own: each test adds the one it is about, or leaves it out.
import { app, BrowserWindow, ipcMain, MessageChannelMain, net, protocol } from 'electron';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; connect-src 'self' blob:; frame-src 'self'; base-uri 'none'; object-src 'none'";

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

globalThis.seen = { requests: [], events: [] };
const note = (name) => globalThis.seen.events.push(name);
for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(name, () => note(name));

ipcMain.handle('echo', (_event, ...args) => args);
ipcMain.handle('fail', () => {
  throw new TypeError('no such wren');
});
ipcMain.handle('never', () => new Promise(() => {}));
ipcMain.handle('who', (event) => ({
  isMainFrame: event.senderFrame === event.sender.mainFrame,
  url: event.senderFrame.url,
  origin: event.senderFrame.origin,
  isWindow: BrowserWindow.fromWebContents(event.sender) === globalThis.window,
}));
const answers = [];
ipcMain.handle('answer-then-tell', async (event, n) => {
  await new Promise((resolve) => {
    answers.push(resolve);
    if (n === 3) for (const answer of answers.splice(0)) answer();
  });
  if (n === 3) setImmediate(() => event.sender.send('news'));
  return n;
});
ipcMain.on('port', (event) => {
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', ({ data }) => port1.postMessage(data));
  port1.on('close', () => note('port closed'));
  port1.start();
  event.sender.postMessage('port', 'here', [port2]);
});

const big = new Uint8Array(1 << 20).map((_, i) => i % 251);

async function serve(request) {
  const url = new URL(request.url);
  globalThis.seen.requests.push({
    url: request.url,
    method: request.method,
    range: request.headers.get('range'),
  });
  if (url.pathname === '/stream') {
    let n = 0;
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (n === 3) controller.close();
        else controller.enqueue(new TextEncoder().encode(`${n++};`));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/plain' } });
  }
  if (url.pathname === '/big') {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.get('range') ?? '') ?? [];
    if (from === undefined) return new Response(big);
    return new Response(big.slice(Number(from), Number(to) + 1), {
      status: 206,
      headers: { 'content-range': `bytes ${from}-${to}/${big.length}` },
    });
  }
  if (url.pathname === '/broken') throw new Error('broken on purpose');
  if (url.pathname === '/moved')
    return new Response(null, { status: 302, headers: { location: '/other.html' } });
  const file = path.join(app.getAppPath(), 'page', url.pathname);
  const answer = await net
    .fetch(pathToFileURL(file).href)
    .catch(() => new Response('nothing', { status: 404 }));
  const headers = new Headers(answer.headers);
  headers.set('content-security-policy', CSP);
  headers.append('set-cookie', 'a=1');
  headers.append('set-cookie', 'b=2');
  return new Response(answer.body, { status: answer.status, headers });
}

app.whenReady().then(() => {
  protocol.handle('app', serve);
  const window = new BrowserWindow({
    width: 900,
    height: 650,
    show: false,
    webPreferences: {
      preload: path.join(app.getAppPath(), 'preload.cjs'),
      additionalArguments: ['--from-main=yes'],
    },
  });
  globalThis.window = window;
  window.once('ready-to-show', () => window.show());
  window.on('close', () => note('close'));
  window.on('closed', () => note('closed'));
  void window.loadURL(process.env.FIXTURE_URL ?? 'app://bundle/index.html').catch(() => {});
});
