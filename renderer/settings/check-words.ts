import type { Health } from '../../shared/ipc/storage.ts';
import { assertNever } from '../../shared/result.ts';
import { fileSize } from '../viewers/words.ts';

/** How a check of the files stands or ended, a sentence each. */
export function checkWords(health: Health): readonly string[] {
  switch (health.kind) {
    case 'unknown':
      return [];
    case 'verifying':
      return health.ofFiles === 0
        ? ['Looking…']
        : [
            `${count(health.files)} of ${files(health.ofFiles)}, ${fileSize(health.bytes)} of ${fileSize(health.ofBytes)}.`,
          ];
    case 'verified': {
      const { missing, altered, orphans, setAside } = health;
      const wrong = [
        ...(missing > 0 ? [`${files(missing)} ${missing === 1 ? 'is' : 'are'} missing.`] : []),
        ...(altered > 0 ? [`${files(altered)} ${altered === 1 ? 'is' : 'are'} not what was kept.`] : []),
        ...(orphans.files > 0
          ? [`${files(orphans.files)} of ${fileSize(orphans.bytes)} that nothing needs.`]
          : []),
        ...(setAside.files > 0
          ? [
              `${files(setAside.files)} of ${fileSize(setAside.bytes)} kept for the history that was set aside.`,
            ]
          : []),
      ];
      return wrong.length > 0 ? wrong : [`All is well: ${files(health.files)}, ${fileSize(health.bytes)}.`];
    }
    case 'repairing':
      return [`Downloading again: ${count(health.done)} of ${count(health.of)}.`];
    case 'repaired': {
      const { mended, other, left, error, removed } = health;
      const said = [
        ...(mended > 0 ? [`${files(mended)} ${mended === 1 ? 'is' : 'are'} as before.`] : []),
        ...(other > 0
          ? [`At the address of ${files(other)} lies another now, which was taken in its place.`]
          : []),
        ...(removed.files > 0
          ? [`${files(removed.files)} of ${fileSize(removed.bytes)} put aside, to be removed after 30 days.`]
          : []),
        ...(left > 0 ? [`${files(left)} could not be had again. ${error?.title ?? ''}`.trim()] : []),
      ];
      return said.length > 0 ? said : ['Nothing was changed.'];
    }
    case 'failed':
      return [`${health.error.title}. ${health.error.hint}`.trim()];
    default:
      return assertNever(health);
  }
}

const count = (n: number): string => n.toLocaleString('en-US');
const files = (n: number): string => (n === 1 ? '1 file' : `${count(n)} files`);
