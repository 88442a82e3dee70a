/** Milliseconds. */
const OUT_OF_SIGHT = 250;

/** Calls at the next display frame; a window out of sight draws none, and is called a little later all the same. */
export function nextFrame(callback: () => void): void {
  const go = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const look = (): void => {
    if (document.visibilityState === 'hidden') go();
    else timer = setTimeout(look, OUT_OF_SIGHT);
  };
  const frame = requestAnimationFrame(go);
  let timer = setTimeout(look, OUT_OF_SIGHT);
}
