import { create } from 'zustand';

/** Where the caret stands in the search box; null while the box does not have the focus. */
export const useCaret = create<{ readonly caret: number | null }>(() => ({ caret: null }));

export const setCaret = (caret: number | null): void => useCaret.setState({ caret });
