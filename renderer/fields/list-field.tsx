import type { ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { ListField as Field } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { AddRow } from './add-row.tsx';
import { ChoiceList } from './choice-list.tsx';
import { ChooseFiles, FileListDrop } from './file-list.tsx';
import { Group } from './group.tsx';
import { MANY_ROWS } from './list-row.tsx';
import { ListRows } from './list-rows.tsx';
import type { NestedProps } from './nestable.ts';

/** A list: chips where each choice may stand in it once, else rows that are added, removed and put in order. */
export function ListField(props: NestedProps<Field>): ReactNode {
  const { field, path, value, problems } = props;
  const { item } = field;
  const items = itemsOf(field, value);
  if (item.kind === 'choice' && field.uniqueItems && !item.open)
    return <ChoiceList {...props} item={item} items={items} />;
  const files = item.kind === 'file' && (
    <ChooseFiles field={field} path={path} items={items} item={item} short={items.length === 0} />
  );
  const cleared = field.default !== undefined && items.length === 0;
  const group = (
    <Group
      field={field}
      problems={problems}
      foldable={items.length > 0}
      initiallyOpen={items.length <= MANY_ROWS}
      summary={`${items.length} ${items.length === 1 ? 'item' : 'items'}`}
      aside={
        items.length === 0 ? (
          <>
            {value === null && <span className="text-xs text-faint">null</span>}
            {cleared && isJsonArray(value) && isJsonArray(field.default) && field.default.length > 0 && (
              <span className="text-xs text-faint">Sent empty</span>
            )}
            {files}
            <AddRow field={field} path={path} count={0} short />
          </>
        ) : (
          <span className="truncate text-xs text-faint">{limitWords(field)}</span>
        )
      }
    >
      <ListRows field={field} path={path} items={items} foot={files} />
    </Group>
  );
  if (item.kind !== 'file') return group;
  return (
    <FileListDrop field={field} path={path} items={items}>
      {group}
    </FileListDrop>
  );
}

/** What the rows are for; one value without a list around it is a list of one. */
function itemsOf({ orSingle }: Field, value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return orSingle && value !== undefined && value !== null ? [value] : [];
}

/** How many items there have to be, in words; empty where any number will do. */
function limitWords({ minItems = 0, maxItems }: Field): string {
  if (maxItems === undefined) return minItems > 1 ? `at least ${minItems}` : '';
  if (minItems === maxItems) return `exactly ${maxItems}`;
  return minItems > 1 ? `${minItems} to ${maxItems}` : `at most ${maxItems}`;
}
