import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import type { NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import type { Trouble } from './backend.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A bus on this computer greets in well under a millisecond. */
export const GREETING_LIMIT_MS = 1000;

/**
 * Whether the session bus that libsecret would use answers; null when it does. Asked before libsecret, which has no time
 * limit: its thread would hang with the bus, and a process with such a thread cannot even exit (libuv joins it).
 */
export async function busTrouble(
  environment: Environment,
  limitMs = GREETING_LIMIT_MS,
): Promise<Trouble | null> {
  const address = busAddress(environment);
  if (address === null) return 'no-bus';
  // The first that leads anywhere is the one taken, as D-Bus itself does it.
  let trouble: Trouble = 'no-bus';
  for (const entry of address.split(';').filter((part) => part !== '')) {
    const socket = socketOf(entry);
    // A transport of another kind (autolaunch, nonce-tcp): nothing can be told, so nothing is refused.
    if (socket === null) return null;
    const found = await greet(socket, limitMs);
    if (found === null) return null;
    if (found === 'no-answer') trouble = found;
  }
  return trouble;
}

function busAddress(environment: Environment): string | null {
  const given = environment['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (given !== '') return given;
  // Where systemd puts it. Without either, libsecret could only start a bus of its own, with no keyring on it.
  const runtime = environment['XDG_RUNTIME_DIR'] ?? '';
  const path = join(runtime, 'bus');
  return runtime !== '' && existsSync(path) ? `unix:path=${encodeURIComponent(path)}` : null;
}

/** `unix:path=/run/user/1000/bus,guid=…`; values are percent-encoded (D-Bus specification, server addresses). */
function socketOf(entry: string): NetConnectOpts | null {
  const [transport, rest] = [entry.slice(0, entry.indexOf(':')), entry.slice(entry.indexOf(':') + 1)];
  const values = new Map<string, string>();
  for (const pair of rest.split(',')) {
    const value = decode(pair.slice(pair.indexOf('=') + 1));
    if (value === null) return null;
    values.set(pair.slice(0, pair.indexOf('=')), value);
  }
  const [path, abstract] = [values.get('path'), values.get('abstract')];
  if (transport !== 'unix') return null;
  if (path !== undefined) return { path };
  // Linux's abstract sockets have a name that begins with a zero byte.
  return abstract === undefined ? null : { path: `\0${abstract}` };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Says hello as every D-Bus client does (a zero byte, then AUTH); any line in answer will do. */
function greet(socket: NetConnectOpts, limitMs: number): Promise<Trouble | null> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => connection.write('\0AUTH\r\n'));
    const end = (trouble: Trouble | null): void => {
      clearTimeout(timer);
      connection.destroy();
      resolve(trouble);
    };
    const timer = setTimeout(() => end('no-answer'), limitMs);
    connection.once('data', () => end(null));
    connection.once('end', () => end('no-bus'));
    connection.once('error', () => end('no-bus'));
  });
}
