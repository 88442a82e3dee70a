/** Calls `act` at once, and then at most once a display frame while there is more to do: only the newest state counts. */
export function onceAFrame(
  act: () => void,
  nextFrame: (callback: () => void) => void = (callback) => void requestAnimationFrame(callback),
): () => void {
  let waiting = false;
  let again = false;
  const go = (): void => {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    nextFrame(() => {
      waiting = false;
      if (!again) return;
      again = false;
      go();
    });
    act();
  };
  return go;
}
