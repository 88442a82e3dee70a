/** Milliseconds. */
const WITHOUT_FRAMES = 250;

/** Calls at the next display frame; in a window that draws none, because it is out of sight, a little later. */
export function nextFrame(callback: () => void): void {
  const go = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(go);
  const timer = setTimeout(go, WITHOUT_FRAMES);
}
