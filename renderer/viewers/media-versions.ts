/** How often a file came again in this session: what the window has of it in memory is from before. */
const versions = new Map<string, number>();

export function renew(sha256: string): void {
  versions.set(sha256, versionOf(sha256) + 1);
}

export const versionOf = (sha256: string): number => versions.get(sha256) ?? 0;
