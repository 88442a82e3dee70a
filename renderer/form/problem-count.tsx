import type { ReactNode } from 'react';
import type { ModelForm } from '../../shared/schema/field.ts';
import { placeWords } from '../../shared/schema/read-pointer.ts';
import { useRequests } from '../stores/requests.ts';

interface ProblemCountProps {
  readonly form: ModelForm;
  readonly endpointId: string;
}

/** Says how many fields need a change, and where the first is: for who cannot see them all at once. */
export function ProblemCount({ form, endpointId }: ProblemCountProps): ReactNode {
  const words = useRequests((state) => {
    const places = [...(state.complaints[endpointId]?.byField.keys() ?? [])];
    const [first] = places;
    if (first === undefined) return '';
    return `${places.length === 1 ? '1 field needs a change' : `${places.length} fields need a change`}: ${placeWords(form, first)}`;
  });
  return (
    <span role="status" className="sr-only">
      {words}
    </span>
  );
}
