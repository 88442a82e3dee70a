import type { ReactNode } from 'react';
import { JobsMark } from './jobs-mark.tsx';
import { ProfileMenu } from './profile-menu.tsx';

/** The bar over a screen: what is open at the left, what runs and with which key at the right. */
export function TopBar({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-panel pr-3 pl-3">
      <div className="flex min-w-0 flex-1 items-center gap-3">{children}</div>
      <JobsMark />
      <ProfileMenu />
    </header>
  );
}
