/**
 * Calls `tell` whenever the page may be about to go, until the answer is called: what still waits for a pause in the typing
 * is told then or never. `beforeunload` comes while main still listens, `pagehide` also where the page is loaded again.
 */
export function beforeLeaving(tell: () => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  addEventListener('beforeunload', tell, { signal });
  addEventListener('pagehide', tell, { signal });
  document.addEventListener('visibilitychange', tell, { signal });
  return () => ending.abort();
}
