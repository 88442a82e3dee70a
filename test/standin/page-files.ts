/** Where the files the user has given the page lie on disk. */
export interface PageFiles {
  /** Absolute path, or '' for a file that never was on disk. */
  pathOf(file: File): string;
}

/**
 * `webUtils.getPathForFile` is synchronous, but only DevTools knows paths and answers later. So a drop or a chosen
 * file is held back, before the page sees it, until its paths are known, and then given to the page again.
 * Files that change worlds change identity too, hence the key. Self-contained: its own text runs in the page.
 */
export function watchFiles(askPaths: () => Promise<string[]>, stash: (files: File[]) => void): PageFiles {
  const paths = new Map<string, string>();
  const keyOf = (file: File): string => [file.name, file.size, file.lastModified, file.type].join('/');

  async function learn(files: File[]): Promise<void> {
    stash(files);
    const found = await askPaths().catch(() => []);
    for (const [i, file] of files.entries()) paths.set(keyOf(file), found[i] ?? '');
  }

  function hold(event: Event, files: File[], again: () => Event): void {
    const { target } = event;
    if (!event.isTrusted || files.every((file) => paths.has(keyOf(file)))) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    void learn(files).then(() => target?.dispatchEvent(again()));
  }

  window.addEventListener(
    'drop',
    (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      hold(event, files, () => {
        const dataTransfer = new DataTransfer();
        for (const file of files) dataTransfer.items.add(file);
        const { clientX, clientY, screenX, screenY } = event;
        const init = { bubbles: true, cancelable: true, composed: true, clientX, clientY, screenX, screenY };
        return new DragEvent('drop', { ...init, dataTransfer });
      });
    },
    true,
  );
  for (const type of ['input', 'change']) {
    window.addEventListener(
      type,
      (event) => {
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'file') return;
        const files = [...(event.target.files ?? [])];
        hold(event, files, () => new Event(type, { bubbles: true, composed: type === 'input' }));
      },
      true,
    );
  }
  return { pathOf: (file) => paths.get(keyOf(file)) ?? '' };
}
