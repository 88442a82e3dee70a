import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The window's own colours, which are those of both themes; nothing in it is dark or light by itself. */
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '11px', backgroundColor: 'transparent', color: 'var(--color-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px', fontVariantLigatures: 'none' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--color-text)' },
  '.cm-line': { padding: '0 10px 0 4px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--color-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 6px' },
  '.cm-foldGutter .cm-gutterElement': { width: '14px', textAlign: 'center', cursor: 'default' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--color-text)' },
  '.cm-foldPlaceholder': {
    margin: '0 2px',
    padding: '0 4px',
    border: '1px solid var(--color-line)',
    borderRadius: '3px',
    backgroundColor: 'var(--color-hover)',
    color: 'var(--color-soft)',
  },
  '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
    backgroundColor: 'var(--color-pressed)',
    color: 'inherit',
  },
  '&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket': {
    backgroundColor: 'transparent',
    color: 'var(--color-danger)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--color-pressed)', outline: '1px solid var(--color-edge)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--color-accent)' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': {
    textDecoration: 'underline wavy 1px var(--color-danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-hint': {
    textDecoration: 'underline dotted 1px var(--color-edge)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint': { display: 'none' },
  '.cm-tooltip': {
    border: '1px solid var(--color-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--color-raised)',
    color: 'var(--color-text)',
    boxShadow: 'var(--shadow-float)',
  },
  '.cm-diagnostic': { padding: '3px 8px', border: 'none', fontFamily: 'var(--font-sans)', fontSize: '13px' },
  '.cm-diagnostic-error': { borderLeft: 'none' },
  '.cm-diagnostic-hint': { borderLeft: 'none', color: 'var(--color-soft)' },
  '.cm-panels': { backgroundColor: 'var(--color-panel)', color: 'var(--color-text)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--color-line)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    padding: '6px 32px 6px 8px',
    fontFamily: 'var(--font-sans)',
    fontSize: '13px',
  },
  '.cm-panel.cm-search br': { display: 'block', flexBasis: '100%', width: '100%', content: '""' },
  '.cm-panel.cm-search [name=close]': {
    top: '6px',
    right: '6px',
    width: '24px',
    height: '24px',
    borderRadius: '6px',
    color: 'var(--color-soft)',
    fontSize: '16px',
  },
  '.cm-panel.cm-search [name=close]:hover': { backgroundColor: 'var(--color-hover)' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: '11px' },
  '.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--color-accent)' },
  '.cm-textfield, .cm-panel.cm-search .cm-textfield': {
    minWidth: '0',
    flex: '1 1 120px',
    height: '26px',
    margin: '0',
    padding: '0 8px',
    border: '1px solid var(--color-edge)',
    borderRadius: '6px',
    backgroundColor: 'var(--color-raised)',
    fontSize: '13px',
  },
  '.cm-button, .cm-panel.cm-search .cm-button': {
    height: '26px',
    margin: '0',
    padding: '0 6px',
    border: '1px solid var(--color-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--color-raised)',
    backgroundImage: 'none',
    fontSize: '11px',
  },
  '.cm-button:hover': { backgroundColor: 'var(--color-hover)' },
  '.cm-button:active': { backgroundColor: 'var(--color-pressed)', backgroundImage: 'none' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-soft)' },
  { tag: [tags.bracket, tags.brace, tags.squareBracket, tags.separator], color: 'var(--color-faint)' },
]);

export const theme = [look, syntaxHighlighting(colours)];
