import { Copy, Download, Link, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { isJsonObject, sameJson } from '../../shared/json.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { duration, fileSize } from '../playground/words.ts';
import { usePlayground } from '../stores/playground.ts';
import { IconButton } from '../ui/button.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { useAsRequest } from './result-view.tsx';

interface CaptionProps {
  readonly run: Run;
  readonly file: StoredMedia | undefined;
}

/** The facts of a result in one line, and what can be done with it. */
export function Caption({ run, file }: CaptionProps): ReactNode {
  const asRequest = useAsRequest();
  const draft = usePlayground((state) => state.drafts[run.endpointId]);
  const seed = isJsonObject(run.output) ? run.output['seed'] : undefined;
  const hasSeed = typeof seed === 'number' || typeof seed === 'bigint';
  const changed = !sameJson(draft, run.input);
  const copy = async (text: string, what: string): Promise<void> => {
    const answer = await ask('app.copyText', { text });
    if (answer.ok) say(`${what} copied`);
    else sayError(answer.error);
  };
  const save = async (media: StoredMedia): Promise<void> => {
    const answer = await ask('media.saveAs', { sha256: media.sha256, fileName: media.fileName });
    if (!answer.ok) sayError(answer.error);
    else if (answer.value) say('Saved');
  };
  return (
    <div className="tabular flex min-h-10 shrink-0 flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 pb-2 text-soft">
      {hasSeed && (
        <span className="flex items-center gap-0.5">
          seed {String(seed)}
          <IconButton label="Copy the seed" onClick={() => void copy(String(seed), 'Seed')}>
            <Copy size={13} aria-hidden />
          </IconButton>
        </span>
      )}
      {file?.width != null && file.height != null && (
        <span>
          {file.width} × {file.height}
        </span>
      )}
      {file !== undefined && <span>{fileSize(file.bytes)}</span>}
      {run.times.inferenceSeconds !== null && <span>{duration(run.times.inferenceSeconds * 1000)}</span>}
      <span className="flex items-center">
        {file !== undefined && (
          <IconButton label="Save a copy…" onClick={() => void save(file)}>
            <Download size={14} aria-hidden />
          </IconButton>
        )}
        {file !== undefined && file.url !== '' && (
          <IconButton label="Copy its address at fal" onClick={() => void copy(file.url, 'Address')}>
            <Link size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton
          label={changed ? 'Use this request again' : 'This is the request at the left'}
          disabled={!changed}
          onClick={() => asRequest(run)}
        >
          <RotateCcw size={14} aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
