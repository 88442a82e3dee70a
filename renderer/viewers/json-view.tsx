import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import type { Run } from '../../shared/runs/run.ts';
import { IconButton } from '../ui/button.tsx';
import { copy } from './json-foot.tsx';
import { JsonTree } from './json-tree.tsx';
import type { JsonRoot } from './json-rows.ts';

/** The exact request and response. */
export function JsonView({ run }: { readonly run: Run }): ReactNode {
  const { input, output, state } = run;
  const error = state.kind === 'failed' ? state.error : null;
  const roots = useMemo((): readonly JsonRoot[] => {
    const all = [{ name: 'Request', value: input }];
    return [
      ...all,
      ...(output === null ? [] : [{ name: 'Response', value: output }]),
      ...(error === null ? [] : [{ name: 'Error', value: error }]),
    ];
  }, [input, output, error]);
  return (
    <JsonTree key={run.id} label="Request and response" roots={roots}>
      {roots.map(({ name, value }) => (
        <IconButton
          key={name}
          label={`Copy the ${name.toLowerCase()}`}
          className="w-auto gap-1 px-2"
          onClick={() => void copy(stringifyJson(value, 2), `${name} copied`)}
        >
          <Copy size={14} aria-hidden />
          <span aria-hidden>{name}</span>
        </IconButton>
      ))}
    </JsonTree>
  );
}
