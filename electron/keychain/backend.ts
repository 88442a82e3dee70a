/** Where secrets can be kept: the system's keyring, a file only this computer's account can read, this session's memory. */
export const backendKinds = ['keytar', 'safe-storage', 'session'] as const;
export type BackendKind = (typeof backendKinds)[number];

/** One place for secrets. Every call may reject, with a `BackendError` where the cause is known. */
export interface KeyBackend {
  readonly kind: BackendKind;
  /** null when nothing is kept under this account; rejects with `unreadable` for what is there and cannot be read. */
  read(account: string): Promise<string | null>;
  write(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
}

/**
 * - `absent`      not part of this installation, or not for this system
 * - `no-bus`      Linux: no session bus, so no way to any keyring
 * - `no-service`  Linux: a bus, and no keyring on it
 * - `locked`      there, and closed
 * - `no-answer`   a call passed its time limit; nothing is asked of it again in this process
 * - `insecure`    works, but would keep secrets readable for anyone
 * - `unreadable`  the secret is there and cannot be read back
 * - `disk`        this computer's disk refused
 * - `refused`     anything else
 */
export type Trouble =
  | 'absent'
  | 'no-bus'
  | 'no-service'
  | 'locked'
  | 'no-answer'
  | 'insecure'
  | 'unreadable'
  | 'disk'
  | 'refused';

/**
 * A backend's failure by its class alone. The foreign error is neither its message nor its cause: libraries quote their
 * arguments, and one of ours is the secret.
 */
export class BackendError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(`keychain: ${trouble}`);
    this.name = 'BackendError';
    this.trouble = trouble;
  }
}

export const troubleOf = (error: unknown): Trouble =>
  error instanceof BackendError ? error.trouble : 'refused';
