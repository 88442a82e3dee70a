const { contextBridge, ipcRenderer, webUtils } = require('electron');

contextBridge.exposeInMainWorld('api', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  on: (channel, listener) => {
    const wrapped = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, wrapped);
    return () => ipcRenderer.off(channel, wrapped);
  },
  port: () =>
    new Promise((resolve) => {
      ipcRenderer.once('port', (event) => {
        const [port] = event.ports;
        let waiting;
        port.addEventListener('message', ({ data }) => waiting(data));
        port.start();
        resolve({
          call: (data) =>
            new Promise((answer) => {
              waiting = answer;
              port.postMessage(data);
            }),
        });
      });
      ipcRenderer.send('port');
    }),
  plain: { nested: { list: [1, 2] } },
  same: (value) => value,
  later: (value) => Promise.resolve(value),
  refuse: () => Promise.reject(new RangeError('refused')),
  raise: () => {
    throw new RangeError('raised');
  },
  call: (fn, ...args) => fn(...args),
  pathOf: (file) => webUtils.getPathForFile(file),
  facts: {
    argv: process.argv.includes('--from-main=yes'),
    electron: process.versions.electron,
    type: process.type,
  },
});
