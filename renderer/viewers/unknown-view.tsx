import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { IconButton } from '../ui/button.tsx';
import { copy } from './json-foot.tsx';
import { JsonTree } from './json-tree.tsx';

/** An output that is no medium and no text, as it came. */
export function UnknownView({ value }: { readonly value: JsonValue }): ReactNode {
  const roots = useMemo(() => [{ name: 'Output', value }], [value]);
  return (
    <JsonTree label="The output as JSON" roots={roots}>
      <IconButton label="Copy the output" onClick={() => void copy(stringifyJson(value, 2), 'Output copied')}>
        <Copy size={14} aria-hidden />
      </IconButton>
    </JsonTree>
  );
}
