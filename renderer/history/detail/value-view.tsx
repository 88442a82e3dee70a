import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../../shared/json.ts';
import type { JsonValue } from '../../../shared/json.ts';
import { referencedSha } from '../../../shared/media/reference.ts';
import { isJsonArray } from '../../../shared/schema/node.ts';
import type { Field } from '../../../shared/schema/field.ts';
import { DataUriCard, StoredFileCard } from '../../fields/file-card.tsx';
import { LongText } from './long-text.tsx';

/** Characters of JSON that need no lines of their own. */
const ON_A_LINE = 60;

/** Of a list that no schema describes. */
const MOST_FILES = 30;

const isFile = (value: JsonValue): boolean =>
  typeof value === 'string' && (referencedSha(value) !== null || /^data:[^,]*,/.test(value));

/** One value of a request: a file as its picture, a choice by its name, a text as it was written, all else as JSON. */
export function ValueView({
  value,
  field,
}: {
  readonly value: JsonValue;
  readonly field: Field | null;
}): ReactNode {
  if (typeof value === 'string') {
    const sha256 = referencedSha(value);
    if (sha256 !== null) return <StoredFileCard sha256={sha256} />;
    if (/^data:[^,]*,/.test(value)) return <DataUriCard uri={value} />;
    if (value === '') return <span className="text-faint">empty</span>;
    return <LongText text={named(field, value)} />;
  }
  if (isJsonArray(value) && value.length > 0 && value.length <= MOST_FILES && value.every(isFile))
    return (
      <div className="space-y-2">
        {value.map((item, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- they never change their order
          <ValueView key={index} value={item} field={null} />
        ))}
      </div>
    );
  if (typeof value === 'object' && value !== null) return <JsonValueView value={value} />;
  return <span className="tabular select-text">{named(field, value)}</span>;
}

/** The same in a few letters, for what stands beside it. */
export function valueText(value: JsonValue, field: Field | null): string {
  const text = typeof value === 'string' ? named(field, value) : plain(field, value);
  return text === '' ? 'empty' : text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const plain = (field: Field | null, value: JsonValue): string =>
  typeof value === 'object' && value !== null ? stringifyJson(value) : named(field, value);

function named(field: Field | null, value: string | number | bigint | boolean | null): string {
  if (field?.kind === 'choice') {
    const option = field.options.find((one) => one.value === value);
    if (option !== undefined) return option.label;
  }
  if (field?.kind === 'size') {
    const preset = field.presets.find((one) => one.value === value);
    if (preset !== undefined) return preset.label;
  }
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === null ? 'null' : String(value);
}

function JsonValueView({ value }: { readonly value: JsonValue }): ReactNode {
  const text = useMemo(() => {
    const line = stringifyJson(value);
    return line.length <= ON_A_LINE ? line : stringifyJson(value, 2);
  }, [value]);
  return <LongText text={text} className="font-mono text-xs leading-5" />;
}
