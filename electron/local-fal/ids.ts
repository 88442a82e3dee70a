import type { LocalModel } from './types.ts';

/** Endpoint ids in these namespaces keep three parts (fal-protocol §2.1). */
const NAMESPACES = new Set(['workflows', 'comfy']);

/** `[namespace/]owner/alias`: the part of an id that status, result and cancel URLs carry (fal-protocol §2.2). */
export function appOf(endpointId: string): string {
  const parts = endpointId.split('/');
  return parts.slice(0, NAMESPACES.has(parts[0] ?? '') ? 3 : 2).join('/');
}

export type Resolved =
  | {
      readonly kind: 'model';
      readonly model: LocalModel;
      readonly endpointId: string;
      readonly subPath: string;
    }
  /** The app is there, the path inside it is not: only the runner knows, so the gateway lets it through. */
  | { readonly kind: 'no-path'; readonly endpointId: string; readonly subPath: string }
  | { readonly kind: 'unknown' };

export class ModelIndex {
  readonly all: readonly LocalModel[];
  readonly #byId = new Map<string, LocalModel>();
  readonly #apps = new Set<string>();

  constructor(models: readonly LocalModel[]) {
    for (const model of models) {
      this.#byId.set(model.endpointId, model);
      this.#apps.add(appOf(model.endpointId));
    }
    this.all = [...this.#byId.values()];
  }

  get(endpointId: string): LocalModel | undefined {
    return this.#byId.get(endpointId);
  }

  /** The longest endpoint id that `path` begins with; what is left over is the path inside the app. */
  resolve(path: string): Resolved {
    const parts = path.split('/');
    for (let length = parts.length; length >= 2; length -= 1) {
      const endpointId = parts.slice(0, length).join('/');
      const model = this.#byId.get(endpointId);
      if (model) return { kind: 'model', model, endpointId, subPath: parts.slice(length).join('/') };
    }
    const app = appOf(path);
    if (this.#apps.has(app))
      return { kind: 'no-path', endpointId: path, subPath: path.slice(app.length + 1) };
    return { kind: 'unknown' };
  }
}
