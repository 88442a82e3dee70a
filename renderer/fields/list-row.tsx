import { GripVertical, X } from 'lucide-react';
import { memo, useId, useMemo } from 'react';
import type { ClipboardEvent, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { cx } from '../ui/cx.ts';
import { FoldButton } from './fold-button.tsx';
import { ProblemsInside } from './group.tsx';
import { InnerField } from './inner-field.tsx';
import { PlaceContext } from './place.ts';
import { summaryOf } from './summary.ts';
import type { Drag } from './use-drag-order.ts';
import { useFold } from './use-fold.ts';

interface ListRowProps {
  readonly item: Field;
  readonly path: Path;
  readonly value: JsonValue;
  readonly index: number;
  readonly count: number;
  /** The list takes no more. */
  readonly full: boolean;
  readonly drag: Drag | null;
  /** The same at each drawing. */
  readonly actions: RowActions;
}

export interface RowActions {
  readonly move: (from: number, to: number) => void;
  readonly remove: (index: number) => void;
  readonly duplicate: (index: number) => void;
  readonly grip: (event: PointerEvent<HTMLElement>, index: number) => void;
  readonly keyDown: (event: KeyboardEvent, index: number) => void;
  readonly paste: (event: ClipboardEvent, index: number) => void;
}

/** Longer lists begin shut, and so do their rows: shut, they are read at a glance. */
export const MANY_ROWS = 10;

/** One item of a list: its control, or its fields under a line that says which it is; and what can be done to it. */
export const ListRow = memo(function ListRow(props: ListRowProps): ReactNode {
  const { item, path, value, index, count, full, drag, actions } = props;
  const place = pointerOf(path);
  const [open, setOpen] = useFold(place, '', count <= MANY_ROWS);
  const id = useId();
  const named = `${item.label} ${index + 1}`;
  const headed = isHeaded(item);
  return (
    <PlaceContext value={place}>
      {/* Keys and pasting are short ways to what the menu and the button for one more do. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <li
        data-row
        onKeyDown={(event) => actions.keyDown(event, index)}
        onPaste={(event) => actions.paste(event, index)}
        className={cx(
          'relative',
          drag?.from === index && drag.from !== drag.to && 'opacity-50',
          lineAt(drag, index),
        )}
      >
        <div className="flex min-w-0 items-start gap-1">
          <span
            aria-hidden
            title="Drag to move"
            onPointerDown={(event) => actions.grip(event, index)}
            className="-ml-1 flex h-8 w-4 shrink-0 cursor-grab touch-none items-center justify-center rounded-sm text-faint hover:text-text active:cursor-grabbing"
          >
            <GripVertical size={14} />
          </span>
          {headed ? (
            <FoldButton open={open} onOpen={setOpen} controls={id} className="ml-0 flex-1 text-left">
              <span className="shrink-0 text-text">{named}</span>
              <span className="tabular min-w-0 truncate text-xs text-faint">
                {!open && <ProblemsInside />}
                {!open && summaryOf(item, value)}
              </span>
            </FoldButton>
          ) : (
            <Content item={item} named={named} path={path} value={value} />
          )}
          <span className="flex h-8 shrink-0 items-center">
            <ActionMenu
              label={`Move or duplicate ${named}`}
              actions={[
                {
                  label: 'Move up',
                  shortcut: 'Alt+↑',
                  disabled: index === 0,
                  run: () => actions.move(index, index - 1),
                },
                {
                  label: 'Move down',
                  shortcut: 'Alt+↓',
                  disabled: index === count - 1,
                  run: () => actions.move(index, index + 1),
                },
                { label: 'Duplicate', disabled: full, focuses: true, run: () => actions.duplicate(index) },
              ]}
            />
            <button
              type="button"
              aria-label={`Remove ${named}`}
              title="Remove"
              onClick={() => actions.remove(index)}
              className="inline-flex size-6 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text"
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        </div>
        {headed && (
          <div id={id} hidden={!open} className="ml-1 border-l border-line pl-3">
            {open && <Content item={item} named={named} path={path} value={value} />}
          </div>
        )}
      </li>
    </PlaceContext>
  );
});

interface ContentProps extends Pick<ListRowProps, 'item' | 'path' | 'value'> {
  readonly named: string;
}

const Content = memo(function Content({ item, named, path, value }: ContentProps): ReactNode {
  const field = useMemo(() => ({ ...item, label: named, help: '' }), [item, named]);
  return <InnerField field={field} path={path} value={value} look="bare" />;
});

/** Several fields stand under a line of their own; a single one, and weights, beside what moves them. */
function isHeaded(item: Field): boolean {
  switch (item.kind) {
    case 'object':
      return item.role !== 'lora';
    case 'list':
    case 'map':
      return true;
    default:
      return false;
  }
}

/** The line between two rows where the dragged one would come to stand. */
function lineAt(drag: Drag | null, index: number): string | false {
  if (drag === null || drag.from === drag.to || index !== drag.to) return false;
  const line = 'after:absolute after:inset-x-0 after:h-0.5 after:rounded-full after:bg-accent';
  return `${line} ${drag.to < drag.from ? 'after:-top-1' : 'after:-bottom-1'}`;
}
