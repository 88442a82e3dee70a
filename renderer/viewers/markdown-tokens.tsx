import { Copy } from 'lucide-react';
import type { MarkedToken, Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import { ask } from '../bridge.ts';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/button.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { readCharacters } from './character-references.ts';
import { isKnown } from './markdown-blocks.ts';

/** Deeper is shown as it was written: nobody means it, and every level is a box within a box. */
const DEEPEST = 24;

interface TokenProps<T> {
  readonly token: T;
  readonly depth: number;
}

export function BlockToken({ token, depth }: TokenProps<MarkedToken>): ReactNode {
  if (depth > DEEPEST) return token.raw;
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return <Heading token={token} depth={depth} />;
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens} depth={depth} />
        </p>
      );
    case 'code':
      return <Code token={token} />;
    case 'blockquote':
      return (
        <blockquote className="space-y-2 border-l-2 border-line pl-3 text-soft">
          <Blocks tokens={token.tokens} depth={depth} />
        </blockquote>
      );
    case 'list':
      return <List token={token} depth={depth} />;
    case 'list_item':
      return <Blocks tokens={token.tokens} depth={depth} />;
    case 'table':
      return <Table token={token} depth={depth} />;
    case 'hr':
      return <hr className="border-line" />;
    case 'html':
      return <p className="whitespace-pre-wrap">{token.raw.trimEnd()}</p>;
    default:
      return <InlineToken token={token} depth={depth} />;
  }
}

function Blocks({ tokens, depth }: { readonly tokens: readonly Token[]; readonly depth: number }): ReactNode {
  return tokens
    .filter(isKnown)
    .map((token, index) => <BlockToken key={`${index}`} token={token} depth={depth + 1} />);
}

function Inline({ tokens, depth }: { readonly tokens: readonly Token[]; readonly depth: number }): ReactNode {
  return tokens
    .filter(isKnown)
    .map((token, index) => <InlineToken key={`${index}`} token={token} depth={depth + 1} />);
}

function InlineToken({ token, depth }: TokenProps<MarkedToken>): ReactNode {
  if (depth > DEEPEST) return token.raw;
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? (
        readCharacters(token.text)
      ) : (
        <Inline tokens={token.tokens} depth={depth} />
      );
    case 'escape':
      return token.text;
    case 'strong':
      return (
        <strong className="font-semibold">
          <Inline tokens={token.tokens} depth={depth} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} depth={depth} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={token.tokens} depth={depth} />
        </del>
      );
    case 'codespan':
      return <code className="rounded-sm bg-hover px-1 py-px font-mono text-xs">{token.text}</code>;
    case 'br':
      return <br />;
    case 'checkbox':
      return (
        <span className="pr-1.5 text-soft" role="img" aria-label={token.checked ? 'done' : 'to do'}>
          {token.checked ? '☑' : '☐'}
        </span>
      );
    case 'link':
      return (
        <Link href={token.href}>
          <Inline tokens={token.tokens} depth={depth} />
        </Link>
      );
    case 'image':
      // The window fetches nothing from elsewhere.
      return <Link href={token.href}>{token.text === '' ? token.href : `Picture: ${token.text}`}</Link>;
    case 'html':
      return token.raw;
    case 'space':
    case 'def':
    case 'heading':
    case 'paragraph':
    case 'code':
    case 'blockquote':
    case 'list':
    case 'list_item':
    case 'table':
    case 'hr':
      return <BlockToken token={token} depth={depth} />;
    default:
      return assertNever(token);
  }
}

function Heading({ token, depth }: TokenProps<Tokens.Heading>): ReactNode {
  // Under the headings of the window itself.
  const level = Math.min(6, token.depth + 2);
  return (
    <div
      role="heading"
      aria-level={level}
      className={cx('pt-2 font-semibold', token.depth === 1 ? 'text-lg' : token.depth > 3 && 'text-soft')}
    >
      <Inline tokens={token.tokens} depth={depth} />
    </div>
  );
}

function List({ token, depth }: TokenProps<Tokens.List>): ReactNode {
  const items = token.items.map((item, index) => (
    <li key={`${index}`} className={cx('pl-1', item.task && '-ml-5 list-none', token.loose && 'space-y-2')}>
      <Blocks tokens={item.tokens} depth={depth} />
    </li>
  ));
  if (!token.ordered) return <ul className="list-disc space-y-1 pl-5 marker:text-faint">{items}</ul>;
  return (
    <ol
      start={token.start === '' ? 1 : token.start}
      className="list-decimal space-y-1 pl-7 marker:text-soft marker:tabular-nums"
    >
      {items}
    </ol>
  );
}

const ALIGN = { left: 'text-left', center: 'text-center', right: 'text-right' } as const;

function Table({ token, depth }: TokenProps<Tokens.Table>): ReactNode {
  const look = (align: Tokens.TableCell['align']): string =>
    cx('border-b border-line px-2 py-1 align-top', ALIGN[align ?? 'left']);
  return (
    // A scrolled region must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Table">
      <table className="tabular min-w-full border-collapse">
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={`${index}`} scope="col" className={cx(look(cell.align), 'font-medium')}>
                <Inline tokens={cell.tokens} depth={depth} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, at) => (
            <tr key={`${at}`}>
              {row.map((cell, index) => (
                <td key={`${index}`} className={look(cell.align)}>
                  <Inline tokens={cell.tokens} depth={depth} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Code({ token }: { readonly token: Tokens.Code }): ReactNode {
  const language = token.lang?.split(/\s/)[0] ?? '';
  const copy = async (): Promise<void> => {
    const answer = await ask('app.copyText', { text: token.text });
    if (answer.ok) say('Code copied');
    else sayError(answer.error);
  };
  return (
    <div className="rounded-md border border-line bg-panel">
      <div className="flex items-center justify-between pl-3">
        <span className="truncate font-mono text-xs text-faint">{language}</span>
        <IconButton label="Copy the code" onClick={() => void copy()}>
          <Copy size={13} aria-hidden />
        </IconButton>
      </div>
      {/* A scrolled region must be reachable by keyboard. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="overflow-x-auto px-3 pb-3 font-mono text-xs leading-[18px]"
      >
        <code>{token.text}</code>
      </pre>
    </div>
  );
}

/** Opened in the person's browser; what is no web address is only words. */
function Link({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  if (!/^https:\/\//i.test(href)) return children;
  return (
    <a
      href={href}
      title={href}
      onClick={(event) => {
        event.preventDefault();
        void open(href);
      }}
      className="text-accent underline decoration-1 underline-offset-2"
    >
      {children}
    </a>
  );
}

async function open(url: string): Promise<void> {
  const answer = await ask('app.openExternal', { url });
  if (!answer.ok) sayError(answer.error);
}
