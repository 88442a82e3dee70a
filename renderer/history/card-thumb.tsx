import { Ban, CircleAlert, Clock, LoaderCircle, Type } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunCard } from '../../shared/history/card.ts';
import { SmallPicture } from '../viewers/small-picture.tsx';

interface CardThumbProps {
  readonly card: RunCard;
  /** No room for words. */
  readonly small?: boolean;
}

/** What stands for a run: its file, the begin of its text, or a sign of where it stands. Decorative. */
export function CardThumb({ card, small = false }: CardThumbProps): ReactNode {
  const { thumb, text } = card;
  if (thumb !== null) return <SmallPicture run={card.id} file={thumb} />;
  if (!small && text !== null && card.state === 'succeeded')
    return (
      <span className="block size-full overflow-hidden p-3 text-xs wrap-anywhere text-soft">{text}</span>
    );
  return <span className="flex size-full items-center justify-center text-faint">{signOf(card)}</span>;
}

function signOf({ state }: RunCard): ReactNode {
  switch (state) {
    case 'waiting':
      return <Clock size={18} aria-hidden />;
    case 'cancelled':
      return <Ban size={18} aria-hidden />;
    case 'failed':
    case 'lost':
    case 'unconfirmed':
      return <CircleAlert size={18} aria-hidden className="text-danger" />;
    case 'succeeded':
      return <Type size={18} aria-hidden />;
    default:
      return <LoaderCircle size={18} aria-hidden className="animate-spin motion-reduce:animate-none" />;
  }
}
