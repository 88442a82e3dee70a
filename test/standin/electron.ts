import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc.ts';
import { MessageChannelMain, MessagePortMain } from './message-ports.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { Notification } from './notification.ts';
import { safeStorage } from './safe-storage.ts';
import { protocol, session } from './session.ts';
import { clipboard, ClipboardItem, dialog, Menu, powerMonitor, screen, shell } from './small-modules.ts';
import { WebContents } from './web-contents.ts';

/**
 * What the app gets for `import … from 'electron'`. Only what the app uses is here: a name that is not fails when
 * the app's bundle is linked, a method that is not fails when it is called.
 */
const electron = {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  MessagePortMain,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents: WebContents,
};

export default electron;
// `require('electron')` gives the object itself, which tests change.
export { electron as 'module.exports' };
export {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  MessagePortMain,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  WebContents as webContents,
};
