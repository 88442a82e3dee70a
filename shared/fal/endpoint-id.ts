/** The parts of an endpoint id (fal-protocol §2.1). */
export interface EndpointId {
  /** `workflows` or `comfy`, for apps that live under one. */
  readonly namespace: string | null;
  readonly owner: string;
  readonly alias: string;
  /** What follows owner and alias; kept for submit, dropped for status, result and cancel (fal-protocol §2.2). */
  readonly path: string | null;
}

const NAMESPACES = new Set(['workflows', 'comfy']);
const PART = /^[A-Za-z0-9_.@~-]+$/;
const LEGACY = /^(\d+)-([A-Za-z0-9-]+)$/;

/** Reads an endpoint id such as `fal-ai/flux/dev`; null when it is none. Outer slashes and spaces are forgiven. */
export function parseEndpointId(text: string): EndpointId | null {
  const trimmed = text.trim().replace(/^\/+|\/+$/g, '');
  const legacy = LEGACY.exec(trimmed);
  const parts = legacy ? [legacy[1] ?? '', legacy[2] ?? ''] : trimmed.split('/');
  // `.` and `..` would climb out of the path that the key is sent to.
  if (!parts.every((part) => PART.test(part) && !/^\.+$/.test(part))) return null;
  const namespace = NAMESPACES.has(parts[0] ?? '') ? (parts.shift() ?? null) : null;
  const [owner, alias, ...rest] = parts;
  if (owner === undefined || alias === undefined) return null;
  return { namespace, owner, alias, path: rest.length > 0 ? rest.join('/') : null };
}

/** `[namespace/]owner/alias`: where a request is followed (fal-protocol §2.2). */
export function appPath(id: EndpointId): string {
  return [id.namespace, id.owner, id.alias].filter((part) => part !== null).join('/');
}

/** The whole id: where a request is submitted (fal-protocol §2.2). */
export function fullPath(id: EndpointId): string {
  return id.path === null ? appPath(id) : `${appPath(id)}/${id.path}`;
}
