import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { appPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { ask } from '../bridge.ts';
import { useJobs } from '../stores/jobs.ts';
import type { Attaching } from '../stores/jobs.ts';
import { usePlayground } from '../stores/playground.ts';
import { useProfiles } from '../stores/profiles.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { openJob } from './open-job.ts';

/** Offers to follow a request that was sent from elsewhere. */
export function AttachDialog(): ReactNode {
  const attaching = useJobs((state) => state.attaching);
  const setAttaching = useJobs((state) => state.setAttaching);
  return (
    <Sheet
      title="Follow a request"
      open={attaching !== null}
      onOpen={(open) => {
        if (!open) setAttaching(null);
      }}
      className="w-120 max-w-full"
    >
      {attaching !== null && (
        <AttachForm key={attaching.requestId} attaching={attaching} onDone={() => setAttaching(null)} />
      )}
    </Sheet>
  );
}

interface AttachFormProps {
  readonly attaching: Attaching;
  readonly onDone: () => void;
}

function AttachForm({ attaching, onDone }: AttachFormProps): ReactNode {
  const { requestId } = attaching;
  const [model, setModel] = useState(() => modelOf(attaching, usePlayground.getState().endpointId));
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const id = useId();
  const named = parseEndpointId(model.trim()) !== null;
  const follow = async (): Promise<void> => {
    setAsking(true);
    setError(null);
    const profileId = useProfiles.getState().active;
    const answer = await ask('runs.attach', { profileId, endpointId: model.trim(), requestId });
    setAsking(false);
    if (!answer.ok) return setError(answer.error);
    const run = answer.value;
    // Its own events may be here before the answer.
    if (useRuns.getState().runs[run.id] === undefined) useRuns.getState().take(run);
    onDone();
    openJob(run);
  };
  return (
    <form
      className="space-y-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (named && !asking) void follow();
      }}
    >
      <p className="text-soft">
        This request is not among the newest of this computer. It can be followed here like a run of its own:
        nothing is sent again, and its result is kept.
      </p>
      <div className="space-y-1.5">
        <label htmlFor={id} className="block text-soft">
          Model it was sent to
        </label>
        <input
          id={id}
          value={model}
          onChange={(event) => setModel(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          placeholder="owner/model"
          className="field h-8 w-full px-2.5 font-mono text-xs"
        />
      </div>
      <p className="text-soft">
        Request <span className="font-mono text-xs break-all text-text select-text">{requestId}</span>
      </p>
      {error !== null && <ErrorNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={!named || asking}>
          Follow it here
        </Button>
      </div>
    </form>
  );
}

/** The open model, unless the request's address names another: it holds the id's first parts alone (fal-protocol §2.1). */
function modelOf({ endpointId }: Attaching, open: string | null): string {
  if (endpointId === null) return open ?? '';
  const id = open === null ? null : parseEndpointId(open);
  return id !== null && open !== null && appPath(id) === endpointId ? open : endpointId;
}
