import { useState } from 'react';

let last = 0;

/**
 * A key for each row of a map that stays with its entry whatever it is called: a name that is a whole number moves to the
 * front of its object, and what is focused or typed in the row goes along.
 */
class NameKeys {
  readonly #keys = new Map<string, number>();

  of(name: string): number {
    const key = this.#keys.get(name) ?? (last += 1);
    this.#keys.set(name, key);
    return key;
  }

  rename(from: string, to: string): void {
    this.#keys.set(to, this.of(from));
    this.#keys.delete(from);
  }

  forget(name: string): void {
    this.#keys.delete(name);
  }
}

export function useNameKeys(): NameKeys {
  const [keys] = useState(() => new NameKeys());
  return keys;
}
