import { parseEndpointId } from '../../../shared/fal/endpoint-id.ts';
import { referencedShas } from '../../../shared/media/reference.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { snippet } from '../../../shared/snippets/snippet.ts';
import type { CodeLanguage } from '../../../shared/snippets/snippet.ts';
import { useFiles } from '../../stores/files.ts';

/** The languages that can make a run's call, by the names a person knows. */
export const codeNames = {
  curl: 'curl',
  javascript: 'JavaScript',
  python: 'Python',
  fal: 'npm run fal',
} as const satisfies Record<CodeLanguage, string>;

type Asked = Pick<Run, 'endpointId' | 'input' | 'method' | 'options' | 'origin'>;

/** Languages without a way over a live socket are left out of a kept frame's. */
export const languagesFor = ({ origin }: Asked): readonly CodeLanguage[] =>
  origin === 'live' ? ['javascript', 'python', 'fal'] : ['curl', 'javascript', 'python', 'fal'];

/** What was sent, as code to take away; null where the model's id is none. The names of its files are asked for first. */
export async function runCode(language: CodeLanguage, run: Asked): Promise<string | null> {
  const { endpointId, input, method, options, origin } = run;
  const endpoint = parseEndpointId(endpointId);
  if (endpoint === null) return null;
  const { load } = useFiles.getState();
  const shas = referencedShas(input);
  await Promise.all(shas.map((sha256) => load(sha256)));
  const { facts } = useFiles.getState();
  const files = new Map(
    shas.flatMap((sha256) => {
      const known = facts[sha256];
      return known === null || known === undefined ? [] : [[sha256, known] as const];
    }),
  );
  const way = origin === 'live' ? 'realtime' : method === 'direct' ? 'run' : method;
  return snippet(language, { endpoint, input, method: way, options, files });
}
