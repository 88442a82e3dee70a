import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { beforeLeaving } from './before-leaving.ts';

/** What the text is to those who do not see it. */
export interface TextNames {
  readonly id: string | undefined;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

interface LongTextOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly names: TextNames;
  /** At every change; of a very long text in a pause of the typing, or when the editor is left or the request is run. */
  readonly onText: (text: string) => void;
}

/** An editor of plain text that draws only what is in sight. */
export interface LongText {
  /** A text from elsewhere. */
  readonly show: (text: string) => void;
  readonly name: (names: TextNames) => void;
  /** Takes the focus, with this part selected; UTF-16 units. */
  readonly focus: (from: number, to: number) => void;
  readonly close: () => void;
}

/** UTF-16 units; a window that closes may not wait for what a longer text still has to tell. */
const TOLD_AT_ONCE = 200_000;
/** Milliseconds without a key. */
const PAUSE = 250;

const FROM_OUTSIDE = Annotation.define<true>();

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '20px' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--color-text)' },
  '.cm-line': { padding: '0 10px' },
});

export function openLongText({ parent, text, names, onText }: LongTextOptions): LongText {
  const attributes = new Compartment();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let told = text;
  const tell = (): void => {
    if (pause === undefined) return;
    clearTimeout(pause);
    pause = undefined;
    told = view.state.doc.toString();
    onText(told);
  };
  const view: EditorView = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        EditorView.lineWrapping,
        // A line of this text ends where it says so: what is sent is what was given, to the character.
        EditorState.lineSeparator.of('\n'),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (tell(), true) }])),
        // Without Tab: whoever goes by keyboard must come out again.
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          const outside = (annotated: (typeof update.transactions)[number]): boolean =>
            annotated.annotation(FROM_OUTSIDE) === true;
          if (!update.docChanged || update.transactions.every(outside)) return;
          clearTimeout(pause);
          pause = setTimeout(tell, PAUSE);
          if (update.state.doc.length <= TOLD_AT_ONCE) tell();
        }),
        EditorView.domEventHandlers({ blur: () => tell() }),
        attributes.of(named(names)),
        look,
      ],
    }),
  });
  const stay = beforeLeaving(tell);
  return {
    show: (next) => {
      // What is being typed is newer than what comes back of it.
      if (next === told || pause !== undefined) return;
      told = next;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        annotations: FROM_OUTSIDE.of(true),
      });
    },
    name: (next) => view.dispatch({ effects: attributes.reconfigure(named(next)) }),
    focus: (from, to) => {
      view.focus();
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    },
    close: () => {
      stay();
      tell();
      view.destroy();
    },
  };
}

function named({ id, label, describedBy, invalid }: TextNames): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-invalid': String(invalid),
    ...(id !== undefined && { id }),
    ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
  });
}
