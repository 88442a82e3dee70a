import { useContext, useLayoutEffect, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { JsonValue } from '../../shared/json.ts';
import type { ListField } from '../../shared/schema/field.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { itemsAt } from '../../shared/schema/items.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import { readPointer } from '../../shared/schema/read-pointer.ts';
import type { ListChange } from '../stores/list-change.ts';
import { anchorAt } from '../stores/anchors.ts';
import type { Anchor } from '../stores/anchors.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { say, sayWithUndo } from '../ui/toasts.tsx';
import { AddRow } from './add-row.tsx';
import { focusWithin } from './focus-row.ts';
import { ListRow } from './list-row.tsx';
import type { RowActions } from './list-row.tsx';
import type { NestedProps } from './nestable.ts';
import { linesOf } from './pasted-lines.ts';
import { FormContext, within } from './place.ts';
import { useDragOrder } from './use-drag-order.ts';
import { useFold } from './use-fold.ts';
import { useKeysOf } from './use-keys-of.ts';

interface ListRowsProps extends Pick<NestedProps<ListField>, 'field' | 'path'> {
  readonly items: readonly JsonValue[];
  /** Beside what adds one more. */
  readonly foot: ReactNode;
}

/** Drawn at once; the rest when asked for. */
export const MOST_DRAWN = 50;

/** The items of a list and all that can be done to them, with the pointer and without. */
export function ListRows({ field, path, items, foot }: ListRowsProps): ReactNode {
  const { endpointId } = useContext(FormContext);
  const arrange = useRequests((state) => state.arrange);
  const place = pointerOf(path);
  const keys = useKeysOf(place, items.length);
  const [all, setAll] = useFold(place, '#all', false);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const { item } = field;
  const name = inSentence(item.label);
  const room = (field.maxItems ?? Infinity) - items.length;

  const change = (next: ListChange): void => flushSync(() => arrange(endpointId, path, next));
  const rowAt = (index: number): Element | undefined => list.current?.children[index];

  const move = (from: number, to: number): void => {
    if (to < 0 || to >= items.length) return;
    const held = document.activeElement;
    change({ kind: 'move', from, to });
    // An element that is moved in the page loses the focus.
    if (held instanceof HTMLElement && rowAt(to)?.contains(held) === true) held.focus();
    rowAt(to)?.scrollIntoView({ block: 'nearest' });
    setSaid(`${item.label} moved to ${to + 1} of ${items.length}`);
  };
  const remove = (index: number): void => {
    const removed = items[index];
    const group = list.current?.closest('[data-field]');
    change({ kind: 'remove', index });
    focusWithin(rowAt(Math.min(index, items.length - 2)) ?? group);
    setSaid(`${item.label} ${index + 1} removed, ${items.length - 1} left`);
    if (removed === undefined) return;
    // The list itself may lie in an item that is elsewhere by then.
    const anchor = anchorAt(endpointId, place);
    sayWithUndo(`${item.label} ${index + 1} removed`, undefined, () => putBack(anchor, index, removed));
  };
  const duplicate = (index: number): void => {
    change({ kind: 'duplicate', index });
    focusWithin(rowAt(index + 1));
    setSaid(`${item.label} ${index + 1} duplicated`);
  };
  const pasteInto = (event: ClipboardEvent, index: number): void => {
    const pasted = linesOf(item, event.clipboardData.getData('text/plain'));
    if (pasted === null) return;
    event.preventDefault();
    const replaced = items[index] === '' ? 1 : 0;
    const values = pasted.slice(0, room + replaced);
    if (replaced > 0) change({ kind: 'fill', index, values });
    else change({ kind: 'add', index: index + 1, values });
    const left = pasted.length - values.length;
    if (left > 0)
      say(`${left} of ${pasted.length} lines were left out`, `No more than ${field.maxItems} fit here.`);
    setSaid(`${values.length} added`);
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const { drag, onPointerDown } = useDragOrder(move);
  const actions = useSteady({
    move,
    remove,
    duplicate,
    grip: onPointerDown,
    keyDown: onKeyDown,
    paste: pasteInto,
  });

  const drawn = all ? items : items.slice(0, MOST_DRAWN);
  const hidden = items.length - drawn.length;
  return (
    <div className="space-y-1">
      <ul ref={list} data-rows className="space-y-1.5">
        {drawn.map((value, index) => (
          <ListRow
            key={keys[index]}
            item={item}
            path={within(path, index)}
            value={value}
            index={index}
            count={items.length}
            full={room <= 0}
            drag={drag}
            actions={actions}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <Button look="quiet" className="h-7 px-2" onClick={() => setAll(true)}>
          Show all {items.length.toLocaleString('en-US')}
        </Button>
      )}
      <div className="flex items-center gap-4">
        <AddRow
          field={field}
          path={path}
          count={items.length}
          onAdd={() => {
            if (items.length >= MOST_DRAWN) setAll(true);
            setSaid(`${name} added`);
          }}
        />
        {foot}
      </div>
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  );
}

/** Puts an item that was removed back into its list, wherever that is. */
function putBack(list: Anchor, index: number, value: JsonValue): void {
  const { forms, drafts, arrange } = useRequests.getState();
  const form = forms[list.endpointId];
  const at = list.place();
  const path = form?.kind === 'form' && at !== null ? readPointer(form.form, at) : null;
  if (form?.kind !== 'form' || path === null)
    return say('Nothing was put back', 'The list it was in is gone.');
  const { length } = itemsAt(form.form, drafts[list.endpointId] ?? {}, path);
  arrange(list.endpointId, path, { kind: 'add', index: Math.min(index, length), values: [value] });
}

/** The same object at each drawing, which does what was last given: a row is not drawn again because another changed. */
function useSteady(given: RowActions): RowActions {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  const [steady] = useState<RowActions>(() => ({
    move: (from, to) => latest.current.move(from, to),
    remove: (index) => latest.current.remove(index),
    duplicate: (index) => latest.current.duplicate(index),
    grip: (event, index) => latest.current.grip(event, index),
    keyDown: (event, index) => latest.current.keyDown(event, index),
    paste: (event, index) => latest.current.paste(event, index),
  }));
  return steady;
}
