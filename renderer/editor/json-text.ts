import { defaultKeymap, history, historyField, historyKeymap, isolateHistory } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import type { ChangeSpec, Extension, Text } from '@codemirror/state';
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { TextProblem } from '../../shared/schema/text-problems.ts';
import { theme } from './theme.ts';

interface JsonTextOptions {
  readonly parent: HTMLElement;
  /** Its name for those who do not see it. */
  readonly label: string;
  /** Ids of what says more about it. */
  readonly describedBy: string;
  readonly text: string;
  /** An editor's text and its undo history, as `keep` gave them; in the place of `text`. */
  readonly kept: unknown;
  /** Something was typed, pasted, undone: not what `show` did. */
  readonly onEdit: () => void;
  /** Whatever waits for a pause is wanted now: the editor is left, or the request is run. */
  readonly onLeave: () => void;
}

/** An editor of JSON in the page. Lines are counted from 1. */
export interface JsonText {
  readonly text: () => string;
  /** UTF-16 units. */
  readonly length: () => number;
  /** Another text from elsewhere. It is one step of the undo history, so that what was typed is never lost. */
  readonly show: (text: string) => void;
  readonly mark: (problems: readonly TextProblem[]) => void;
  /** Puts the caret there and takes the focus. */
  readonly goTo: (from: number, to: number) => void;
  readonly keep: () => unknown;
  readonly close: () => void;
}

/** The find panel's words, as the window writes them. */
const WORDS = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
};

const FROM_OUTSIDE = Annotation.define<true>();

export function openJsonText(options: JsonTextOptions): JsonText {
  const { parent, text, kept } = options;
  const attributes = new Compartment();
  const config = { extensions: [...extensionsFor(options), attributes.of(named(options, false))] };
  const opened =
    kept === null
      ? EditorState.create({ ...config, doc: text })
      : EditorState.fromJSON(kept, config, { history: historyField });
  // Before it is drawn for the first time, which is when a long line would cost the most.
  const { state } = opened.update({ effects: wrapping.reconfigure(wrapFor(opened.doc)) });
  const view = new EditorView({ parent, state });
  return {
    text: () => view.state.doc.toString(),
    length: () => view.state.doc.length,
    show: (next) => {
      const change = differenceOf(view.state.doc.toString(), next);
      if (change !== null)
        view.dispatch({ changes: change, annotations: [FROM_OUTSIDE.of(true), isolateHistory.of('full')] });
    },
    mark: (problems) => {
      const size = view.state.doc.length;
      const diagnostics = problems.map(({ from, to, kind, message }) => ({
        from: Math.min(from, size),
        to: Math.min(to, size),
        severity: kind === 'note' ? ('hint' as const) : ('error' as const),
        message,
      }));
      const invalid = problems.some(({ kind }) => kind !== 'note');
      view.dispatch(setDiagnostics(view.state, diagnostics), {
        effects: attributes.reconfigure(named(options, invalid)),
      });
    },
    goTo: (from, to) => {
      const size = view.state.doc.length;
      view.focus();
      view.dispatch({
        selection: { anchor: Math.min(from, size), head: Math.min(to, size) },
        scrollIntoView: true,
      });
    },
    keep: () => view.state.toJSON({ history: historyField }),
    close: () => view.destroy(),
  };
}

function extensionsFor({ onEdit, onLeave }: JsonTextOptions): readonly Extension[] {
  return [
    lineNumbers(),
    foldGutter(),
    highlightActiveLineGutter(),
    history(),
    json(),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    search({ top: true }),
    EditorState.phrases.of(WORDS),
    wrapWhereQuick(),
    // The window runs the request; the editor's own meaning of the key is a new line.
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (onLeave(), true) }])),
    // Without Tab: whoever goes by keyboard must come out again.
    keymap.of([...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some(
        (transaction) => transaction.docChanged && transaction.annotation(FROM_OUTSIDE) !== true,
      );
      if (typed) onEdit();
    }),
    EditorView.domEventHandlers({ blur: () => onLeave() }),
    theme,
  ];
}

function named({ label, describedBy }: JsonTextOptions, invalid: boolean): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': String(invalid),
  });
}

/** UTF-16 units; wrapping a line of megabytes, such as a picture written out, would hold the window for seconds. */
const LONGEST_WRAPPED = 100_000;
/** Changes smaller than this make no line that long in any time that matters. */
const LARGE_CHANGE = 1000;
const wrapping = new Compartment();

function wrapFor(doc: Text): Extension {
  if (doc.length > LONGEST_WRAPPED)
    for (const line of doc.iterLines()) if (line.length > LONGEST_WRAPPED) return [];
  return EditorView.lineWrapping;
}

/** Lines are wrapped unless one of them is too long for it. */
function wrapWhereQuick(): Extension {
  return [
    wrapping.of(EditorView.lineWrapping),
    EditorState.transactionExtender.of(({ docChanged, changes, newDoc }) => {
      if (!docChanged) return null;
      let changed = 0;
      changes.iterChanges((fromA, toA, fromB, toB) => (changed += toA - fromA + toB - fromB));
      return changed < LARGE_CHANGE ? null : { effects: wrapping.reconfigure(wrapFor(newDoc)) };
    }),
  ];
}

/** Only what differs: the caret and the folds stay where nothing changed. */
function differenceOf(before: string, after: string): ChangeSpec | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let end = 0;
  while (
    end < shorter - from &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
