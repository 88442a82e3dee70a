import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { NO_TEXTS, readOptions } from '../../shared/fal/option-texts.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import type { Method } from '../../shared/runs/methods.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import type { CallMethod } from '../../shared/snippets/call.ts';
import { snippet } from '../../shared/snippets/snippet.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { requestHolds, useApp } from '../stores/app.ts';
import { chosenMethod, takenTexts, useAsked } from '../stores/asked.ts';
import { useFiles } from '../stores/files.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { State } from '../ui/state.tsx';
import { fileSize } from '../viewers/words.ts';
import { codeTokens } from './code-tokens.ts';
import type { CodeToken } from './code-tokens.ts';
import { CopyButton } from './copy-button.tsx';
import { HoldsSwitch } from './holds-switch.tsx';

const LANGUAGES: readonly { readonly value: CodeLanguage; readonly label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'python', label: 'Python' },
  { value: 'fal', label: 'npm' },
];
const WAYS: readonly { readonly value: Method; readonly label: string }[] = [
  { value: 'queue', label: 'Queue' },
  { value: 'direct', label: 'Direct' },
  { value: 'stream', label: 'Stream' },
];
const LOOKS: Readonly<Record<CodeToken['kind'], string | undefined>> = {
  plain: undefined,
  text: 'text-text',
  word: 'text-text',
  comment: 'text-faint italic',
};

/** Characters; a picture written out in the request would hold the window for seconds. */
const SHOWN_AT_ONCE = 100_000;
const NOTHING: JsonObject = {};
const NO_UNREAD: Readonly<Record<string, string>> = {};

interface RequestCodeProps {
  readonly endpointId: string;
  /** How the screen asks the model. */
  readonly way: 'queue' | 'realtime';
  readonly onJson: () => void;
}

/** The request as code to take away: what is shown is what would be sent. */
export function RequestCode({ endpointId, way, onJson }: RequestCodeProps): ReactNode {
  const language = useApp((state) => state.codeLanguage);
  const setLanguage = useApp((state) => state.setCodeLanguage);
  const asked = useAsked((state) => chosenMethod(state, endpointId));
  const setMethod = useAsked((state) => state.setMethod);
  const unread = useRequests((state) => state.unread[endpointId]) ?? NO_UNREAD;
  const code = useCode(
    endpointId,
    language,
    way === 'realtime' ? 'realtime' : asked === 'direct' ? 'run' : asked,
  );
  const readable = Object.keys(unread).length === 0;
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-2 px-4 py-3">
      <Segmented
        label="Language"
        options={LANGUAGES}
        value={language}
        onChange={(next) => next !== null && void setLanguage(next)}
        className="shrink-0 self-start @max-[20rem]:self-stretch @max-[20rem]:[&>button]:px-1.5"
      />
      <div className="flex items-center gap-2">
        {way === 'queue' ? (
          <Select
            label="How the model is asked"
            options={WAYS}
            value={asked}
            onChange={(next) => setMethod(endpointId, next)}
            className="shrink-0"
          />
        ) : (
          <span className="text-soft">Over a live socket</span>
        )}
        <div className="ml-auto">
          <HoldsSwitch />
        </div>
        <CopyButton
          label="Copy the code"
          done="Code copied"
          text={() => code ?? ''}
          disabled={code === null || !readable}
        />
      </div>
      {!readable ? (
        <State
          title="What is typed cannot be read yet"
          text="There is no code for it until it can."
          {...(unread[''] === undefined ? {} : { action: <Button onClick={onJson}>Show the JSON</Button> })}
        />
      ) : code === null ? (
        <State title="curl cannot hold a live session" text="The other languages can." />
      ) : (
        <Code language={language} code={code} />
      )}
    </div>
  );
}

function Code({ language, code }: { readonly language: CodeLanguage; readonly code: string }): ReactNode {
  const [whole, setWhole] = useState(false);
  const cut = !whole && code.length > SHOWN_AT_ONCE;
  const shown = cut ? code.slice(0, SHOWN_AT_ONCE) : code;
  const tokens = useMemo(
    () => (shown.length > SHOWN_AT_ONCE ? [] : codeTokens(language, shown)),
    [language, shown],
  );
  return (
    <>
      <pre
        role="region"
        aria-label="Request as code"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
        className="field min-h-40 flex-1 overflow-y-auto p-2.5 font-mono text-xs leading-[18px] break-words whitespace-pre-wrap text-soft select-text [font-variant-ligatures:none]"
      >
        {tokens.length === 0
          ? shown
          : tokens.map(({ kind, text }, index) => (
              <span key={index} className={LOOKS[kind]}>
                {text}
              </span>
            ))}
      </pre>
      {cut && (
        <p className="flex items-center gap-3 text-soft">
          The first {fileSize(SHOWN_AT_ONCE)} of {fileSize(code.length)}.
          <Button onClick={() => setWhole(true)}>Show all</Button>
        </p>
      )}
    </>
  );
}

/** Null where the language cannot make the call. */
function useCode(endpointId: string, language: CodeLanguage, method: CallMethod): string | null {
  const form = useRequests((state) => state.forms[endpointId]);
  const draft = useRequests((state) => state.drafts[endpointId]) ?? NOTHING;
  const holds = useApp(requestHolds);
  const texts = useAsked((state) => state.texts[endpointId]) ?? NO_TEXTS;
  const asked = useAsked((state) => chosenMethod(state, endpointId));
  const options = useMemo(
    () => (method === 'realtime' ? {} : readOptions(takenTexts(texts, asked)).options),
    [method, texts, asked],
  );
  const facts = useFiles((state) => state.facts);
  const load = useFiles((state) => state.load);
  const input = useMemo(
    () => (form?.kind === 'form' ? buildRequest(form.form, draft, holds) : draft),
    [form, draft, holds],
  );
  useEffect(() => {
    const known = useFiles.getState().facts;
    for (const sha256 of referencedShas(input)) if (known[sha256] === undefined) void load(sha256);
  }, [input, load]);
  return useMemo(() => {
    const endpoint = parseEndpointId(endpointId);
    if (endpoint === null) return null;
    const files = new Map(
      Object.entries(facts).flatMap(([sha256, known]) => (known === null ? [] : [[sha256, known] as const])),
    );
    return snippet(language, { endpoint, input, method, options, files });
  }, [endpointId, language, method, input, options, facts]);
}
