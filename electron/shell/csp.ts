/** The page's own policy: everything from the app itself, media from memory, nothing from any network. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  // Component libraries set style attributes; a style cannot run code.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self' blob:",
  'worker-src': "'self'",
  'frame-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
};

const join = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

export const PAGE_POLICY = join(POLICY);

/** A model's file is opened by nobody as a page: no script, no origin, no network. */
export const MEDIA_POLICY = "sandbox; default-src 'none'";

/** For hot reload alone: the development server's socket and its inline preamble. */
export function developmentPolicy(server: string): string {
  const { host } = new URL(server);
  return join({
    ...POLICY,
    'script-src': "'self' 'unsafe-inline'",
    'connect-src': `'self' blob: ws://${host} http://${host}`,
  });
}
