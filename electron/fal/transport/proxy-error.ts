import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { assertNever } from '../../../shared/result.ts';

/**
 * - `password`     the proxy is there and wants to know who asks
 * - `unreachable`  nobody answers there
 * - `refused`      it does not let us through to where we want
 */
export type ProxyFault = 'password' | 'unreachable' | 'refused';

/** A connection that ended at a proxy: nothing has left this computer but the name of the host that was wanted. */
export class ProxyError extends Error {
  readonly code = 'ERR_PROXY';
  readonly fault: ProxyFault;
  /** `host:port`; what it is told to know us by is not in it. */
  readonly proxy: string;
  readonly detail: string;

  /** Not its `cause`: what a person is told is the proxy, and not what is behind it. */
  readonly reason: Error | null;

  constructor(fault: ProxyFault, proxy: string, detail: string, reason: Error | null = null) {
    super(titleOf(fault, proxy));
    this.reason = reason;
    this.fault = fault;
    this.proxy = proxy;
    this.detail = detail;
  }
}

/** A connection that could not be made: whatever was to be sent was not. */
export class ConnectError extends Error {
  readonly code = 'ERR_NOT_CONNECTED';

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** The failure of a proxy, told as such; null where `error` is none. */
export function proxyFailure(error: unknown): AppError | null {
  const found = proxyErrorIn(error);
  return found === null ? null : failureOfProxy(found);
}

export const failureOfProxy = ({ message, detail, fault }: ProxyError): AppError =>
  appError('network', message, { detail, hint: HINTS[fault] });

export function proxyErrorIn(error: unknown): ProxyError | null {
  if (error instanceof ProxyError) return error;
  return error instanceof Error ? proxyErrorIn(error.cause) : null;
}

function titleOf(fault: ProxyFault, proxy: string): string {
  switch (fault) {
    case 'password':
      return `The proxy ${proxy} asks for a password`;
    case 'unreachable':
      return `The proxy ${proxy} does not answer`;
    case 'refused':
      return `The proxy ${proxy} does not let the connection through`;
    default:
      return assertNever(fault);
  }
}

const HINTS: Readonly<Record<ProxyFault, string>> = {
  password:
    'Nothing was sent. Give it in the environment: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT, then start again.',
  unreachable: 'Nothing was sent. Check the proxy in the settings of the system, then try again.',
  refused: 'Nothing was sent. Ask whoever runs the proxy to let fal.run, fal.ai and fal.media through.',
};
