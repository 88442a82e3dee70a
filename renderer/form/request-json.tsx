import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { TextProblem } from '../../shared/schema/text-problems.ts';
import { useRequests } from '../stores/requests.ts';
import { ProblemList } from './problem-list.tsx';
import { unreadInSight } from './request-in-sight.ts';
import type { RequestText } from './request-text.ts';

/** The request as it will be sent; what is changed here is changed in the form. */
export function RequestJson({ endpointId }: { readonly endpointId: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef<RequestText | null>(null);
  const [problems, setProblems] = useState<readonly TextProblem[]>([]);
  const listId = useId();
  const refusals = useRequests((state) => state.refusals);
  const led = useRef(refusals);

  const lead = useEffectEvent((text: RequestText) => {
    if (led.current === refusals) return;
    led.current = refusals;
    // An answer that comes later must not take the caret from what is being written; the marks come all the same.
    const writing = place.current?.contains(document.activeElement) === true;
    if (useRequests.getState().refusedBy !== 'fal' || !writing) text.lead();
  });
  /** A run that a text kept from starting opens this view; a person who comes by the tabs stays on them. */
  const leadAtOnce = useEffectEvent((text: RequestText) => {
    if (
      unreadInSight(endpointId) !== undefined &&
      refusals > 0 &&
      document.activeElement?.matches('[role="tab"]') !== true
    )
      text.lead();
  });

  useEffect(() => {
    let text: RequestText | null = null;
    let gone = false;
    void import('./request-text.ts').then(({ RequestText }) => {
      if (gone || place.current === null) return;
      text = new RequestText({
        parent: place.current,
        label: 'Request as JSON',
        describedBy: listId,
        endpointId,
        onProblems: setProblems,
      });
      opened.current = text;
      leadAtOnce(text);
    });
    return () => {
      gone = true;
      text?.close();
      opened.current = null;
    };
  }, [endpointId, listId]);

  useEffect(() => {
    if (opened.current !== null) lead(opened.current);
  }, [refusals]);

  return (
    <>
      <div
        ref={place}
        className="field min-h-40 flex-1 overflow-hidden has-[.cm-content:focus]:outline-2 has-[.cm-content:focus]:-outline-offset-1 has-[.cm-content:focus]:outline-accent has-[.cm-content[aria-invalid=true]]:border-danger"
      />
      <ProblemList id={listId} problems={problems} onChoose={(problem) => opened.current?.goTo(problem)} />
    </>
  );
}
