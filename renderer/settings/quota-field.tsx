import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Room } from '../../shared/ipc/storage.ts';
import { useStorage } from '../stores/storage.ts';
import { fileSize } from '../viewers/words.ts';
import { quotaText, readQuota } from './read-quota.ts';

type Said = { readonly kind: 'nothing' | 'set' } | { readonly kind: 'wrong'; readonly words: string };

/** What files may take. It is set when the box is left or Enter pressed, and not at every key: half a number is another limit. */
export function QuotaField({ room }: { readonly room: Room }): ReactNode {
  const setQuota = useStorage((state) => state.setQuota);
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<Said>({ kind: 'nothing' });
  const id = useId();
  const { quota, takenAway } = room;
  const take = async (): Promise<void> => {
    if (typed === null) return;
    const wish = readQuota(typed);
    if (wish === undefined)
      return setSaid({
        kind: 'wrong',
        words: 'Write gigabytes from 0.1 on, such as 20, or leave it empty for no limit.',
      });
    if (wish === quota) {
      setTyped(null);
      return setSaid({ kind: 'nothing' });
    }
    const error = await setQuota(wish);
    if (error !== null) return setSaid({ kind: 'wrong', words: `${error.title}. ${error.hint}` });
    setTyped(null);
    setSaid({ kind: 'set' });
  };
  return (
    <form
      className="flex items-start gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <div className="min-w-0 flex-1">
        <label htmlFor={id}>Limit for files</label>
        <p id={`${id}-about`} className="text-soft">
          Beyond it the files of the oldest runs are taken away; the runs stay. Never those of starred runs,
          of runs under way, of drafts and presets, and of the last hour.
        </p>
        {takenAway.files > 0 && (
          <p className="tabular text-faint">
            Taken away so far: {takenAway.files.toLocaleString('en-US')}{' '}
            {takenAway.files === 1 ? 'file' : 'files'} of {fileSize(takenAway.bytes)}.
          </p>
        )}
        <p id={`${id}-said`} role="status" className={said.kind === 'wrong' ? 'text-danger' : 'text-faint'}>
          {said.kind === 'wrong' && said.words}
          {said.kind === 'set' && (quota === null ? 'No limit.' : `Set. ${overWords(room, quota)}`)}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder="no limit"
          value={typed ?? quotaText(quota)}
          aria-invalid={said.kind === 'wrong'}
          aria-describedby={`${id}-about ${id}-said`}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setSaid({ kind: 'nothing' });
          }}
          onBlur={() => void take()}
          className="field tabular h-8 w-24 px-2.5"
        />
        <span className="text-faint">GB</span>
      </div>
    </form>
  );
}

/** What is starred may be more than the limit. */
const overWords = ({ files }: Room, quota: number): string =>
  files.bytes > quota ? 'What may not be taken away is more than that.' : '';
