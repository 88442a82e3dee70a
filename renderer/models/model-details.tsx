import { Copy, ExternalLink, Star } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Model } from '../../shared/ipc/models.ts';
import { ask } from '../bridge.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { priceWords } from '../viewers/words.ts';
import { MarkedText } from './marked-text.tsx';

interface ModelDetailsProps {
  readonly model: Model;
  readonly words: readonly string[];
  readonly onPick: (endpointId: string) => void;
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** What fal says of the model the keyboard or the pointer is at. */
export function ModelDetails({ model, words, onPick }: ModelDetailsProps): ReactNode {
  const { endpointId, name, category, description, tags, deprecated, addedAt } = model;
  const listed = useModels((state) => state.byId.has(endpointId));
  const price = useModels((state) => state.prices[endpointId]);
  const facts = [category, price && priceWords(price), addedAt !== null && `since ${DATE.format(addedAt)}`];
  return (
    <section
      aria-label={`About ${endpointId}`}
      className="flex min-h-0 flex-col border-line max-[1000px]:col-span-2 max-[1000px]:h-22 max-[1000px]:flex-row max-[1000px]:border-t min-[1001px]:border-l"
    >
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto p-4 max-[1000px]:space-y-0.5 max-[1000px]:overflow-hidden max-[1000px]:py-2.5 max-[1000px]:pr-0">
        <div className="max-[1000px]:flex max-[1000px]:items-baseline max-[1000px]:gap-3">
          <h2 className="font-medium max-[1000px]:min-w-0 max-[1000px]:truncate">
            {listed ? name : 'Not in fal’s list'}
          </h2>
          <p className="font-mono text-xs break-all text-faint max-[1000px]:min-w-0 max-[1000px]:truncate">
            {endpointId}
          </p>
        </div>
        <p className="text-soft max-[1000px]:truncate">{facts.filter(Boolean).join(' · ')}</p>
        {deprecated && (
          <p className="rounded-md bg-hover px-2.5 py-1.5 text-soft max-[1000px]:hidden">
            Deprecated: fal may take it away. It can still be opened.
          </p>
        )}
        {!listed && (
          <p className="text-soft max-[1000px]:line-clamp-1">
            Private, or newer than the list. Without a schema its request is written as JSON.
          </p>
        )}
        {description !== '' && (
          <p className="break-words text-soft max-[1000px]:line-clamp-1">
            <MarkedText text={description} words={words} />
          </p>
        )}
        {tags.length > 0 && (
          <ul aria-label="Tags" className="flex flex-wrap gap-1 max-[1000px]:hidden">
            {tags.filter(Boolean).map((tag) => (
              <li key={tag} className="rounded-sm bg-hover px-1.5 text-xs text-soft">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </div>
      <DetailActions endpointId={endpointId} onPick={onPick} />
    </section>
  );
}

/** Stays as it is while the same model is looked at, whatever is typed. */
const DetailActions = memo(function DetailActions({
  endpointId,
  onPick,
}: Pick<ModelDetailsProps, 'onPick'> & { readonly endpointId: string }): ReactNode {
  const starred = useMarks((state) => state.starred.includes(endpointId));
  const star = useMarks((state) => state.star);
  const onFal = useProfiles((state) => activeRealm(state) === 'fal');
  return (
    <div className="flex shrink-0 items-center gap-2 p-3 max-[1000px]:py-2">
      <Button look="primary" onClick={() => onPick(endpointId)}>
        Open <Kbd keys="Enter" />
      </Button>
      <Button aria-pressed={starred} onClick={() => void star(endpointId, !starred)}>
        <Star size={14} aria-hidden fill={starred ? 'currentColor' : 'none'} />
        {starred ? 'Starred' : 'Star'}
        <Kbd keys="Mod+D" className="text-faint" />
      </Button>
      <div className="flex-1" />
      <IconButton label="Copy the id" onClick={() => void ask('app.copyText', { text: endpointId })}>
        <Copy size={14} aria-hidden />
      </IconButton>
      {onFal && (
        <IconButton
          label="Open this model's page on fal.ai"
          onClick={() => void ask('app.openExternal', { url: `https://fal.ai/models/${endpointId}` })}
        >
          <ExternalLink size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
});
