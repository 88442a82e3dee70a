import {
  AudioLines,
  Ban,
  Box,
  CircleAlert,
  Clock,
  File,
  Film,
  Image,
  LoaderCircle,
  Type,
} from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RunCard } from '../../shared/history/card.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { cx } from '../ui/cx.ts';
import { mediaUrl } from '../viewers/title.ts';

const ICONS = { image: Image, video: Film, audio: AudioLines, model: Box, file: File } as const;

interface CardThumbProps {
  readonly card: RunCard;
  /** No room for words. */
  readonly small?: boolean;
}

/** What stands for a run: its file, the begin of its text, or a sign of where it stands. Decorative. */
export function CardThumb({ card, small = false }: CardThumbProps): ReactNode {
  const uncovered = useUncovered((state) => state.runs.has(card.id));
  const [unreadable, setUnreadable] = useState(false);
  const { thumb, text } = card;
  if (thumb?.medium === 'image' && !unreadable)
    return (
      <img
        src={mediaUrl(thumb)}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => setUnreadable(true)}
        className={cx('size-full object-cover', thumb.flagged && !uncovered && 'blur-lg')}
      />
    );
  if (!small && thumb === null && text !== null && card.state === 'succeeded')
    return (
      <span className="block size-full overflow-hidden p-3 text-xs wrap-anywhere text-soft">{text}</span>
    );
  return <span className="flex size-full items-center justify-center text-faint">{signOf(card)}</span>;
}

function signOf({ state, thumb }: RunCard): ReactNode {
  switch (state) {
    case 'waiting':
      return <Clock size={18} aria-hidden />;
    case 'cancelled':
      return <Ban size={18} aria-hidden />;
    case 'failed':
    case 'lost':
    case 'unconfirmed':
      return <CircleAlert size={18} aria-hidden className="text-danger" />;
    case 'succeeded': {
      const Icon = thumb === null ? Type : ICONS[thumb.medium];
      return <Icon size={18} aria-hidden />;
    }
    default:
      return <LoaderCircle size={18} aria-hidden className="animate-spin motion-reduce:animate-none" />;
  }
}
