import { Images, Settings, Sparkles, Zap } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import type { Screen } from '../stores/app.ts';
import { cx } from '../ui/cx.ts';
import { Tip } from '../ui/tip.tsx';

interface Place {
  readonly screen: Screen;
  readonly label: string;
  readonly shortcut: string;
  readonly icon: LucideIcon;
}

const PLACES: readonly Place[] = [
  { screen: 'playground', label: 'Playground', shortcut: 'Mod+1', icon: Sparkles },
  { screen: 'realtime', label: 'Realtime', shortcut: 'Mod+2', icon: Zap },
  { screen: 'history', label: 'History', shortcut: 'Mod+3', icon: Images },
];
const SETTINGS: Place = { screen: 'settings', label: 'Settings', shortcut: 'Mod+,', icon: Settings };

/** The screens, one icon each. */
export function Rail(): ReactNode {
  return (
    <nav
      aria-label="Screens"
      className="flex w-13 shrink-0 flex-col items-center gap-1 border-r border-line bg-panel py-2"
    >
      {PLACES.map((place) => (
        <RailButton key={place.screen} place={place} />
      ))}
      <div className="flex-1" />
      <RailButton place={SETTINGS} />
    </nav>
  );
}

function RailButton({ place }: { readonly place: Place }): ReactNode {
  const here = useApp((state) => state.screen === place.screen);
  const go = useApp((state) => state.go);
  const Icon = place.icon;
  return (
    <Tip text={place.label} shortcut={place.shortcut} side="right">
      <button
        type="button"
        aria-label={place.label}
        aria-current={here ? 'page' : undefined}
        onClick={() => go(place.screen)}
        className={cx(
          'flex size-9 items-center justify-center rounded-lg transition-colors duration-120',
          here ? 'bg-hover text-text' : 'text-faint hover:bg-hover hover:text-text',
        )}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden />
      </button>
    </Tip>
  );
}
