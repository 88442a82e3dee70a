import { useEffect } from 'react';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { useFiles } from '../stores/files.ts';
import type { Measured } from '../stores/measure-media.ts';

interface StoredFile {
  /** Null where it is not kept here any more; undefined until that is known. */
  readonly facts: MediaFacts | null | undefined;
  readonly measured: Measured | undefined;
}

/** What there is to know of a file that is kept here; asks for it. Null is no file. */
export function useStoredFile(sha256: string | null): StoredFile {
  const facts = useFiles((state) => (sha256 === null ? undefined : state.facts[sha256]));
  const measured = useFiles((state) => (sha256 === null ? undefined : state.measured[sha256]));
  const load = useFiles((state) => state.load);
  const measure = useFiles((state) => state.measure);
  useEffect(() => {
    if (sha256 !== null && facts === undefined) void load(sha256);
  }, [facts, load, sha256]);
  useEffect(() => {
    if (facts !== undefined && facts !== null) measure(facts);
  }, [facts, measure]);
  return { facts, measured };
}
