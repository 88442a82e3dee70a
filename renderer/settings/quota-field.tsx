import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Room } from '../../shared/ipc/storage.ts';
import { useStorage } from '../stores/storage.ts';
import { Button } from '../ui/button.tsx';
import { fileSize } from '../viewers/words.ts';
import { QuotaSheet } from './quota-sheet.tsx';
import { quotaText, readQuota } from './read-quota.ts';

type Said =
  { readonly kind: 'nothing' | 'not yet' | 'set' } | { readonly kind: 'wrong'; readonly words: string };

const WRONG: Said = {
  kind: 'wrong',
  words: 'Write gigabytes from 0.1 on, such as 20, or leave it empty for no limit.',
};

/** What files may take. Set on purpose alone: who leaves the box after half a number has asked for nothing. */
export function QuotaField({ room }: { readonly room: Room }): ReactNode {
  const load = useStorage((state) => state.load);
  const setQuota = useStorage((state) => state.setQuota);
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<Said>({ kind: 'nothing' });
  /** A limit in bytes that files are beyond is asked about first. */
  const [asking, setAsking] = useState({ open: false, wish: 0 });
  const id = useId();
  const { quota, takenAway } = room;
  const reset = (): void => {
    setTyped(null);
    setSaid({ kind: 'nothing' });
  };
  const set = async (wish: number | null): Promise<void> => {
    const error = await setQuota(wish);
    if (error !== null) return setSaid({ kind: 'wrong', words: `${error.title}. ${error.hint}` });
    setTyped(null);
    setSaid({ kind: 'set' });
  };
  const take = async (): Promise<void> => {
    if (typed === null) return;
    const wish = readQuota(typed);
    if (wish === undefined) return setSaid(WRONG);
    if (wish === quota) return reset();
    // What is shown may be from before the last run.
    await load();
    const files = useStorage.getState().room?.files ?? room.files;
    if (wish !== null && wish < files.bytes) setAsking({ open: true, wish });
    else await set(wish);
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
          {said.kind === 'not yet' && 'Not set yet: press Enter in the box, or “Set”.'}
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
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === null) return;
            event.preventDefault();
            reset();
          }}
          onBlur={() => {
            if (typed === null) return;
            const wish = readQuota(typed);
            if (wish === quota) reset();
            else setSaid(wish === undefined ? WRONG : { kind: 'not yet' });
          }}
          className="field tabular h-8 w-24 px-2.5"
        />
        <span className="text-faint">GB</span>
        {/* Stays when it has done its work, so that the focus does. */}
        <Button
          type="submit"
          aria-label="Set the limit for files"
          aria-disabled={typed === null}
          className={typed === null ? 'opacity-50' : ''}
        >
          Set
        </Button>
      </div>
      <QuotaSheet
        open={asking.open}
        wish={asking.wish}
        over={room.files.bytes - asking.wish}
        onAnswer={(agreed) => {
          setAsking({ ...asking, open: false });
          if (agreed) void set(asking.wish);
          else reset();
        }}
      />
    </form>
  );
}

/** What is starred may be more than the limit. */
const overWords = ({ files }: Room, quota: number): string =>
  files.bytes > quota ? 'What may not be taken away is more than that.' : '';
