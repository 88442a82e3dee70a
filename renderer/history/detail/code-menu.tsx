import type { ReactNode } from 'react';
import type { Run } from '../../../shared/runs/run.ts';
import type { CodeLanguage } from '../../../shared/snippets/snippet.ts';
import { sayProblem } from '../../ui/toasts.tsx';
import { copyText } from '../../viewers/copy-text.ts';
import { MenuButton } from './menu-button.tsx';
import { codeNames, languagesFor, runCode } from './run-code.ts';

/** The request of a run as code, in the language that is chosen, on the clipboard. */
export function CodeMenu({ run }: { readonly run: Run }): ReactNode {
  const copy = async (language: CodeLanguage): Promise<void> => {
    const code = await runCode(language, run);
    if (code === null)
      return sayProblem(
        'There is no code for this run',
        'Its model’s id is not one that fal can be asked for.',
      );
    await copyText(code, `Code for ${codeNames[language]}`);
  };
  return (
    <MenuButton
      label="Copy code"
      entries={languagesFor(run).map((language) => ({
        label: codeNames[language],
        run: () => void copy(language),
      }))}
    />
  );
}
