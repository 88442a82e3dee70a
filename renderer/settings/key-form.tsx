import { CircleCheck, CircleAlert, Info, LoaderCircle } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import { LONGEST_NAME } from '../../shared/key-name.ts';
import type { AddedKey, KeyProfile } from '../../shared/ipc/profiles.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';

type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'refused'; readonly error: AppError }
  | { readonly kind: 'stored'; readonly name: string; readonly tested: AddedKey['tested'] };

interface KeyFormProps {
  readonly title: string;
  /** The key whose secret is entered anew; null for another key. */
  readonly replaces: KeyProfile | null;
  readonly onStored?: (tested: AddedKey['tested']) => void;
  readonly onCancel?: () => void;
  /** Under the boxes while there is nothing to say. */
  readonly children?: ReactNode;
}

/** The key is typed into a box React does not hold, sent once, and wiped; what comes back is what fal said of it. */
export function KeyForm({ title, replaces, onStored, onCancel, children }: KeyFormProps): ReactNode {
  const addKey = useProfiles((state) => state.addKey);
  const nameBox = useRef<HTMLInputElement>(null);
  const keyBox = useRef<HTMLInputElement>(null);
  const id = useId();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const testing = outcome.kind === 'testing';

  const send = async (): Promise<void> => {
    const input = keyBox.current;
    if (input === null || testing) return;
    const secret = input.value;
    input.value = '';
    setOutcome({ kind: 'testing' });
    const name = nameBox.current?.value ?? '';
    const answer = await addKey({ name, secret, replaces: replaces?.id ?? null });
    if (!answer.ok) {
      setOutcome({ kind: 'refused', error: answer.error });
      keyBox.current?.focus();
      return;
    }
    const { active, profiles, tested } = answer.value;
    const stored = profiles.find((profile) => profile.id === (replaces?.id ?? active));
    setOutcome({ kind: 'stored', name: stored?.name ?? name, tested });
    if (nameBox.current !== null) nameBox.current.value = '';
    onStored?.(tested);
  };

  return (
    <form
      aria-label={title}
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {replaces === null && <h3 className="font-medium">{title}</h3>}
      <div className="flex items-end gap-2">
        {replaces === null && (
          <div className="w-36 shrink-0">
            <label htmlFor={`${id}-name`} className="block pb-1 text-soft">
              Name
            </label>
            <input
              id={`${id}-name`}
              ref={nameBox}
              maxLength={LONGEST_NAME}
              autoComplete="off"
              spellCheck={false}
              placeholder="fal"
              className="field h-8 w-full px-2.5"
            />
          </div>
        )}
        <div className="min-w-0 flex-1">
          <label htmlFor={`${id}-key`} className="block pb-1 text-soft">
            {replaces === null ? 'Key' : `New key for ${replaces.name}`}
          </label>
          <input
            id={`${id}-key`}
            ref={keyBox}
            type="password"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was opened by a press to type right here
            autoFocus={replaces !== null}
            autoComplete="off"
            spellCheck={false}
            placeholder="key-id:key-secret"
            aria-invalid={outcome.kind === 'refused'}
            aria-describedby={`${id}-outcome`}
            className="field h-8 w-full px-2.5 font-mono text-xs"
          />
        </div>
        <Button
          type="submit"
          look="primary"
          aria-disabled={testing}
          className="min-w-25 aria-disabled:opacity-60"
        >
          {testing && (
            <LoaderCircle size={14} aria-hidden className="animate-spin motion-reduce:animate-none" />
          )}
          {testing ? 'Testing…' : replaces === null ? 'Add key' : 'Replace key'}
        </Button>
        {onCancel !== undefined && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      {/* Always here, so that what comes into it is read aloud. */}
      <div id={`${id}-outcome`} role="status" className="empty:-mt-2">
        <OutcomeNote outcome={outcome} replaced={replaces !== null} />
      </div>
      {outcome.kind === 'none' && children}
    </form>
  );
}

function OutcomeNote({
  outcome,
  replaced,
}: {
  readonly outcome: Outcome;
  readonly replaced: boolean;
}): ReactNode {
  const who = useProfiles((state) => (state.server === null ? 'fal' : 'the local server'));
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'testing':
      return <p className="text-faint">Asking {who} whether it takes this key.</p>;
    case 'refused':
      return (
        <Note icon={<CircleAlert size={14} aria-hidden className="text-danger" />}>
          <p className="text-danger">{outcome.error.title}</p>
          {outcome.error.detail !== '' && (
            <p className="font-mono text-xs break-words text-soft">{outcome.error.detail}</p>
          )}
          {outcome.error.hint !== '' && <p className="text-soft">{outcome.error.hint}</p>}
        </Note>
      );
    case 'stored':
      return outcome.tested === 'accepted' ? (
        <Note icon={<CircleCheck size={14} aria-hidden className="text-soft" />}>
          <p>
            {capital(who)} accepts “{outcome.name}”. {!replaced && 'It is in use from now on.'}
          </p>
        </Note>
      ) : (
        <Note icon={<Info size={14} aria-hidden className="text-soft" />}>
          <p>
            “{outcome.name}” is stored and not tested yet: {who} could not be reached.
          </p>
          <p className="text-soft">It is tested when it is next taken into use.</p>
        </Note>
      );
  }
}

function Note({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex items-start gap-2">
      <span className="mt-[3px] shrink-0">{icon}</span>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
