import { RotateCcw } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { NO_TEXTS, readOptions } from '../../shared/fal/option-texts.ts';
import { FoldButton } from '../fields/fold-button.tsx';
import { chosenMethod, takenTexts, useAsked } from '../stores/asked.ts';
import { IconButton } from '../ui/button.tsx';
import { OptionRows } from './option-rows.tsx';

/** What is asked for beside the input, folded away: most requests need nothing of it. */
export function RequestOptions({ endpointId }: { readonly endpointId: string }): ReactNode {
  const method = useAsked((state) => chosenMethod(state, endpointId));
  const texts = useAsked((state) => state.texts[endpointId]) ?? NO_TEXTS;
  const open = useAsked((state) => state.open[endpointId]) ?? false;
  const refusals = useAsked((state) => state.refusals);
  const setOpen = useAsked((state) => state.setOpen);
  const write = useAsked((state) => state.write);
  const clear = useAsked((state) => state.clear);
  const area = useRef<HTMLElement>(null);
  const id = useId();
  const read = useMemo(() => readOptions(takenTexts(texts, method)), [texts, method]);
  const set = Object.keys(read.options).length;
  const wrong = read.problems.size;
  const anything = JSON.stringify(texts) !== JSON.stringify(NO_TEXTS);

  const led = useRef(refusals);
  const lead = useEffectEvent(() => {
    if (led.current === refusals) return;
    led.current = refusals;
    const first = area.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    first?.scrollIntoView({ block: 'nearest' });
    first?.focus();
  });
  useEffect(() => lead(), [refusals]);

  const reset = (): void => {
    // Its own button goes with what it takes back.
    flushSync(() => clear(endpointId));
    area.current?.querySelector<HTMLElement>('button')?.focus();
  };
  return (
    <section ref={area} aria-label="Advanced" className="border-t border-line pt-2">
      <div className="flex items-center justify-between">
        <FoldButton
          open={open}
          onOpen={(next) => setOpen(endpointId, next)}
          controls={id}
          className="text-soft"
        >
          Advanced
          {set > 0 && <span className="tabular rounded-sm bg-hover px-1.5 text-xs">{set} set</span>}
          {wrong > 0 && (
            <span className="text-xs text-danger">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>
          )}
        </FoldButton>
        {anything && (
          <IconButton label="Ask for nothing beside the input" onClick={reset}>
            <RotateCcw size={13} aria-hidden />
          </IconButton>
        )}
      </div>
      <div id={id} hidden={!open}>
        {open && (
          <OptionRows
            texts={texts}
            method={method}
            problems={read.problems}
            onChange={(name, value) => write(endpointId, name, value)}
          />
        )}
      </div>
    </section>
  );
}
