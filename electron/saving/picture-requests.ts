import { createHash } from 'node:crypto';
import type { FileRequest } from '../../shared/ipc/pictures.ts';
import { sameJson } from '../../shared/json.ts';
import type { Run } from '../../shared/runs/run.ts';
import type { History } from '../history/history.ts';
import { readText } from './png-text.ts';
import { KEYWORD, readRequest, writeRequest } from './request-text.ts';

interface PictureRequestsOptions {
  readonly history: Pick<History, 'runOf' | 'runOfFile'>;
  /** Whether pictures that leave take their requests along. */
  readonly on: () => boolean;
  /** Name and version of this program. */
  readonly program: string;
}

/** The request a picture came of: what is written into copies of it, and how it is found again. */
export class PictureRequests {
  readonly #options: PictureRequestsOptions;

  constructor(options: PictureRequestsOptions) {
    this.#options = options;
  }

  /** What a copy of the run's pictures holds; null where it is to hold nothing. */
  textOf(run: Run): string | null {
    return this.#options.on() ? writeRequest(run, this.#options.program) : null;
  }

  /** The same of a stored file. */
  async textFor(sha256: string): Promise<string | null> {
    const run = this.#options.on() ? await this.#options.history.runOfFile(sha256) : null;
    return run === null ? null : this.textOf(run);
  }

  /** Of a file from anywhere: a run of this computer where it is one, files and all; else what it tells itself. */
  async read(bytes: Uint8Array): Promise<FileRequest> {
    const { history, program } = this.#options;
    const known = await history.runOfFile(createHash('sha256').update(bytes).digest('hex'));
    if (known !== null) return { kind: 'run', run: known };
    const text = readText(bytes, KEYWORD);
    const told = text === null ? null : readRequest(text);
    if (told === null) return { kind: 'none' };
    const { requestId, ...request } = told;
    const run = requestId === null ? null : await history.runOf(requestId);
    // Anybody can write an id: the run counts only where it is that request.
    const own = run === null ? null : readRequest(writeRequest(run, program) ?? '');
    if (run !== null && sameRequest(own, told)) return { kind: 'run', run };
    return { kind: 'request', ...request };
  }
}

const sameRequest = (
  a: Pick<Extract<FileRequest, { kind: 'request' }>, 'endpointId' | 'input'> | null,
  b: Pick<Extract<FileRequest, { kind: 'request' }>, 'endpointId' | 'input'>,
): boolean => a !== null && a.endpointId === b.endpointId && sameJson(a.input, b.input);
