import type { ReactNode } from 'react';

interface GroupProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the settings under one heading. */
export function Group({ title, text, children }: GroupProps): ReactNode {
  return (
    <section aria-label={title} className="space-y-3">
      <div>
        {/* Takes the focus where what had it is gone. */}
        <h2 tabIndex={-1} className="rounded-sm font-medium outline-offset-2">
          {title}
        </h2>
        {text !== undefined && <p className="text-soft">{text}</p>}
      </div>
      {children}
    </section>
  );
}
