import type { ReactNode } from 'react';

interface StateProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

/** What a place says while it has nothing to show, and what to do about it. */
export function State({ icon, title, text, action }: StateProps): ReactNode {
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-2 p-8 text-center">
      {icon !== undefined && <div className="mb-1 text-faint">{icon}</div>}
      <h2 className="text-sm font-medium text-text">{title}</h2>
      {text !== undefined && <p className="text-soft">{text}</p>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
