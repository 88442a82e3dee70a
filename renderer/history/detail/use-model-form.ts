import { useEffect, useState } from 'react';
import type { ModelForm } from '../../../shared/schema/field.ts';
import { readForm } from '../../../shared/schema/fields.ts';
import { ask } from '../../bridge.ts';
import { useRequests } from '../../stores/requests.ts';

type Known =
  | { readonly kind: 'loading' }
  | { readonly kind: 'form'; readonly form: ModelForm }
  /** Why the values stand there alone, as a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

/** The form of a model that need not be open; read where it was kept when fal does not answer. */
export function useModelForm(endpointId: string): Known {
  const open = useRequests((state) => state.forms[endpointId]);
  const [read, setRead] = useState<Known>({ kind: 'loading' });
  const opened = open?.kind === 'form';
  useEffect(() => {
    if (opened) return undefined;
    let left = false;
    void ask('models.document', { endpointId }).then((answer) => {
      if (left) return;
      if (!answer.ok) return setRead({ kind: 'none', reason: `${answer.error.title}.` });
      const result = readForm(answer.value);
      setRead(result.kind === 'form' ? result : { kind: 'none', reason: result.reason });
    });
    return () => {
      left = true;
    };
  }, [endpointId, opened]);
  return open?.kind === 'form' ? open : read;
}
