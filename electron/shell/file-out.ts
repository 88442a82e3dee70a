import { readFile } from 'node:fs/promises';
import { app, clipboard, ClipboardItem, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { History } from '../history/history.ts';
import type { MediaStore } from '../history/media-store.ts';
import type { NamedCopies } from '../history/named-copies.ts';
import type { FileOut } from '../ipc/handlers.ts';

interface FileOutOptions {
  readonly history: Pick<History, 'file'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly copies: Pick<NamedCopies, 'of'>;
  readonly window: () => BrowserWindow | null;
}

const PNG_MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The ways of a stored file into other programs. */
export function createFileOut({ history, media, copies, window }: FileOutOptions): FileOut {
  return {
    copyPicture: async (sha256, png) => {
      const stored = await history.file(sha256);
      if (stored === null) return fail(appError('not_found', 'This file is not kept here'));
      try {
        const bytes = png ?? (await readFile(media.pathOf(sha256)));
        if (!PNG_MARK.equals(bytes.subarray(0, PNG_MARK.length)))
          return fail(appError('input', 'This is no picture that can be copied'));
        // A copy of the bytes: those that came by IPC may be part of a larger buffer.
        const picture = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
        await clipboard.write([new ClipboardItem({ 'image/png': picture })]);
        return ok(null);
      } catch (error) {
        return fail(
          appError('internal', 'The picture could not be copied', {
            detail: error instanceof Error ? error.message : String(error),
            hint: 'Save it as a file instead.',
          }),
        );
      }
    },
    drag: async (sha256, fileName) => {
      const copy = await copies.of(sha256, fileName);
      if (!copy.ok) return copy;
      // The system's sign of such a file: a picture of a hundred megapixels would have to be decoded here to be one.
      const icon = await app.getFileIcon(copy.value);
      window()?.webContents.startDrag({ file: copy.value, icon });
      return ok(null);
    },
    show: async (sha256, fileName) => {
      const copy = await copies.of(sha256, fileName);
      if (!copy.ok) return copy;
      shell.showItemInFolder(copy.value);
      return ok(null);
    },
  };
}
