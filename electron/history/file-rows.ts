import type { DatabaseSync } from 'node:sqlite';
import type { SmallPicture } from '../../shared/media/small.ts';

/** False where no such file is written down. */
export function setThumb(db: DatabaseSync, sha256: string, thumb: SmallPicture | 'none'): boolean {
  return db.prepare('UPDATE media SET thumb = ? WHERE sha256 = ?').run(thumb, sha256).changes > 0;
}
