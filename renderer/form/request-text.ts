import { sameJson, stringifyJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { pathOf } from '../../shared/schema/path.ts';
import { withoutDefaults } from '../../shared/schema/request.ts';
import { readRequest, textProblems } from '../../shared/schema/text-problems.ts';
import type { Remark, RequestText as Read, TextProblem } from '../../shared/schema/text-problems.ts';
import { beforeLeaving } from '../editor/before-leaving.ts';
import { openJsonText } from '../editor/json-text.ts';
import type { JsonText } from '../editor/json-text.ts';
import { requestHolds, useApp } from '../stores/app.ts';
import { useRequests } from '../stores/requests.ts';
import { formInSight, requestInSight, textInSight, unreadInSight } from './request-in-sight.ts';

/** UTF-16 units; a longer text is read in a pause of the typing, which a window that closes may not wait for. */
const READ_AT_ONCE = 200_000;
/** Milliseconds without a key. */
const PAUSE = 250;
/** Milliseconds after which the marks come even where the window is never idle. */
const LATEST = 1500;
/** Of how many models, and up to which length, the undo history outlives the editor. */
const KEPT_EDITORS = 8;
const KEPT_LENGTH = 1_000_000;

const kept = new Map<string, unknown>();

interface Saying {
  readonly text: string;
  readonly read: Read;
}

interface RequestTextOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly describedBy: string;
  readonly endpointId: string;
  readonly onProblems: (problems: readonly TextProblem[]) => void;
}

/**
 * One model's request as text, and the draft, kept the same: what is typed goes to the draft as soon as it can be read, and
 * what changes elsewhere comes into the text. A text that cannot be read stays and lets nothing run.
 */
export class RequestText {
  readonly #options: RequestTextOptions;
  readonly #editor: JsonText;
  readonly #stop: readonly (() => void)[];
  /** The draft as this text made it; while it is that one, the text stays as it is being typed. */
  #own: JsonObject | undefined;
  #typing = false;
  #taking = false;
  #said: Saying | null = null;
  #problems: readonly TextProblem[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;
  #judging: ReturnType<typeof setTimeout> | undefined;
  #idle: number | undefined;

  constructor(options: RequestTextOptions) {
    const { parent, label, describedBy, endpointId } = options;
    this.#options = options;
    this.#editor = openJsonText({
      parent,
      label,
      describedBy,
      text: textInSight(endpointId),
      kept: kept.get(endpointId) ?? null,
      onEdit: () => this.#edited(),
      onLeave: () => this.#left(),
    });
    this.#follow();
    this.#judgeSoon();
    this.#stop = [
      useRequests.subscribe((now, before) => {
        const same = (['drafts', 'unread', 'forms', 'complaints'] as const).every(
          (part) => now[part][endpointId] === before[part][endpointId],
        );
        if (!same) this.#changed();
      }),
      useApp.subscribe((now, before) => {
        if (now.switches !== before.switches) this.#changed();
      }),
      beforeLeaving(() => this.#read()),
    ];
  }

  /** To where the problem is by now; the text may have changed since it was found. */
  goTo({ path, message }: TextProblem): void {
    this.#judge();
    const now = this.#problems.find((problem) => problem.path === path && problem.message === message);
    if (now !== undefined) this.#editor.goTo(now.from, now.to);
  }

  /** Shows the first thing that keeps the request from running. */
  lead(): void {
    this.#judge();
    const first = this.#problems.find(({ kind }) => kind !== 'note');
    if (first !== undefined) this.#editor.goTo(first.from, first.to);
  }

  close(): void {
    this.#read();
    clearTimeout(this.#judging);
    if (this.#idle !== undefined) cancelIdleCallback(this.#idle);
    for (const stop of this.#stop) stop();
    const { endpointId } = this.#options;
    kept.delete(endpointId);
    if (this.#editor.length() <= KEPT_LENGTH) kept.set(endpointId, this.#editor.keep());
    for (const oldest of [...kept.keys()].slice(0, -KEPT_EDITORS)) kept.delete(oldest);
    this.#editor.close();
  }

  #edited(): void {
    this.#typing = true;
    this.#said = null;
    clearTimeout(this.#pause);
    if (this.#editor.length() <= READ_AT_ONCE) this.#take();
    else this.#pause = setTimeout(() => this.#read(), PAUSE);
    this.#judgeSoon();
  }

  #left(): void {
    this.#read();
    this.#typing = false;
    this.#follow();
  }

  #changed(): void {
    if (this.#taking) return;
    this.#follow();
    this.#judgeSoon();
  }

  /** What was typed and still waits for a pause. */
  #read(): void {
    if (this.#pause === undefined) return;
    clearTimeout(this.#pause);
    this.#take();
  }

  #take(): void {
    this.#pause = undefined;
    const { endpointId } = this.#options;
    const { replace, setUnread } = useRequests.getState();
    const { text, read } = this.#saying();
    this.#taking = true;
    if (read.kind === 'unreadable') setUnread(endpointId, '', text);
    else replace(endpointId, read.kind === 'empty' ? {} : this.#draftOf(read.request));
    this.#taking = false;
    this.#own = useRequests.getState().drafts[endpointId];
  }

  #follow(): void {
    const unread = unreadInSight(this.#options.endpointId);
    if (unread !== undefined) return this.#show(unread);
    if (this.#typing && useRequests.getState().drafts[this.#options.endpointId] === this.#own) return;
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#typing = false;
    const request = requestInSight(this.#options.endpointId);
    const { read } = this.#saying();
    // Other blanks or another order say nothing else; they stay as they were written.
    if (read.kind === 'request' && sameJson(read.request, request)) return;
    this.#show(stringifyJson(request, 2));
  }

  #show(text: string): void {
    if (this.#saying().text === text) return;
    this.#editor.show(text);
    this.#said = null;
  }

  /** The text and what it says, read once for all who ask until it changes. */
  #saying(): Saying {
    const text = this.#said?.text ?? this.#editor.text();
    this.#said ??= { text, read: readRequest(text) };
    return this.#said;
  }

  #judgeSoon(): void {
    clearTimeout(this.#judging);
    if (this.#idle !== undefined) cancelIdleCallback(this.#idle);
    this.#judging = setTimeout(() => {
      this.#idle = requestIdleCallback(() => this.#judge(), { timeout: LATEST });
    }, PAUSE);
  }

  #judge(): void {
    const { complaints, refusedBy } = useRequests.getState();
    const { byField = new Map() } = complaints[this.#options.endpointId] ?? {};
    // What the window refused is found anew in the text, at its exact place.
    const remarks = refusedBy === 'fal' ? remarksOf(byField) : [];
    const { text, read } = this.#saying();
    this.#problems = textProblems(text, formInSight(this.#options.endpointId), remarks, read);
    this.#editor.mark(this.#problems);
    this.#options.onProblems(this.#problems);
  }

  /** The draft that such a request stands for. */
  #draftOf(request: JsonObject): JsonObject {
    const form = formInSight(this.#options.endpointId);
    const whole = form !== null && requestHolds(useApp.getState()) === 'all';
    return whole ? withoutDefaults(form, request) : request;
  }
}

const remarksOf = (byField: ReadonlyMap<string, readonly string[]>): readonly Remark[] =>
  [...byField].flatMap(([place, messages]) => messages.map((message) => ({ path: pathOf(place), message })));
