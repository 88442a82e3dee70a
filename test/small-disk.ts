import { execFileSync } from 'node:child_process';

export interface SmallDisk {
  readonly dir: string;
  /** `ro` or `rw` */
  readonly remount: (mode: 'ro' | 'rw') => void;
  readonly unmount: () => void;
}

/** A disk of its own on a folder that is there, `size` as mount understands it; null where only the system's owner may make one. */
export function mountSmallDisk(dir: string, size: string): SmallDisk | null {
  const mount = (options: string): void =>
    void execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir], { stdio: 'ignore' });
  try {
    mount(`size=${size}`);
  } catch {
    return null;
  }
  return {
    dir,
    remount: (mode) => mount(`remount,${mode}`),
    unmount: () => void execFileSync('umount', ['--lazy', dir]),
  };
}
