import type { ReactNode } from 'react';

/** What is smaller than its room, in the middle of it. */
export const Centre = ({ children }: { readonly children: ReactNode }): ReactNode => (
  // Centred by its margins: by the box, what is taller than it could not be scrolled to its top.
  <div className="flex min-h-0 flex-1 overflow-y-auto p-8">
    <div className="m-auto">{children}</div>
  </div>
);
