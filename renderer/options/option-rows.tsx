import type { ReactNode } from 'react';
import { KEEP_FILES } from '../../shared/fal/option-texts.ts';
import type { OptionName, OptionPlace, OptionTexts } from '../../shared/fal/option-texts.ts';
import { notTaken } from '../../shared/fal/taken-options.ts';
import type { Method } from '../../shared/runs/methods.ts';
import { cx } from '../ui/cx.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { HeaderRows } from './header-rows.tsx';
import { OptionRow } from './option-row.tsx';
import { KEEP_NAMES } from './words.ts';

type TextName = { [N in OptionName]: OptionTexts[N] extends string ? N : never }[OptionName];
type FlagName = { [N in OptionName]: OptionTexts[N] extends boolean ? N : never }[OptionName];

interface OptionRowsProps {
  readonly texts: OptionTexts;
  readonly method: Method;
  readonly problems: ReadonlyMap<OptionPlace, string>;
  readonly onChange: <N extends OptionName>(name: N, value: OptionTexts[N]) => void;
}

const PRIORITIES = [
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
] as const;
const READERS = [
  { value: 'allow', label: 'Everyone' },
  { value: 'forbid', label: 'Nobody else' },
  { value: 'hide', label: 'Nobody else, hidden' },
] as const;

/** Everything that can be asked for with a request. */
export function OptionRows({ texts, method, problems, onChange }: OptionRowsProps): ReactNode {
  const row = (name: OptionName, label: string, about: string) => ({
    label,
    about,
    problem: problems.get(name),
    notTaken: notTaken(method, name),
  });
  const typed = (
    name: TextName,
    label: string,
    about: string,
    look: 'wide' | 'seconds' | 'count',
  ): ReactNode => (
    <OptionRow {...row(name, label, about)} below={look === 'wide'}>
      {({ id, describedBy, invalid, disabled }) => (
        <span className={cx('flex items-center gap-1.5', look !== 'wide' && 'shrink-0')}>
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            disabled={disabled}
            value={texts[name]}
            spellCheck={false}
            autoComplete="off"
            inputMode={look === 'wide' ? 'text' : 'decimal'}
            onChange={({ target }) => onChange(name, target.value)}
            className={cx(
              'field h-8 px-2.5 disabled:opacity-50',
              look === 'wide' ? 'w-full font-mono text-xs' : 'tabular w-20 text-right',
            )}
          />
          {look === 'seconds' && <span className="w-3 text-faint">s</span>}
        </span>
      )}
    </OptionRow>
  );
  const flag = (name: FlagName, label: string, about: string): ReactNode => (
    <OptionRow {...row(name, label, about)}>
      {({ describedBy, disabled }) => (
        <Switch
          label={label}
          describedBy={describedBy}
          disabled={disabled}
          checked={texts[name]}
          onChange={(on) => onChange(name, on)}
        />
      )}
    </OptionRow>
  );
  const known = KEEP_FILES.find((word) => word === texts.keepFiles);
  const keepFiles = [
    ...KEEP_FILES.map((value) => ({ value: String(value), label: KEEP_NAMES[value] ?? value })),
    ...(known === undefined && texts.keepFiles !== ''
      ? [{ value: texts.keepFiles, label: `${texts.keepFiles} s` }]
      : []),
  ];
  return (
    <div className="space-y-3 pb-1">
      {typed('path', 'Sub-path', 'Put behind the model’s id, where a model has several ways in.', 'wide')}
      <OptionRow {...row('priority', 'Priority', 'Low stands behind all normal requests of the model.')}>
        {({ describedBy, disabled }) => (
          <Select
            label="Priority"
            options={PRIORITIES}
            // What says nothing is taken for normal.
            value={texts.priority === 'low' ? 'low' : 'normal'}
            describedBy={describedBy}
            disabled={disabled}
            className="w-36"
            onChange={(next) => onChange('priority', next === 'low' ? next : '')}
          />
        )}
      </OptionRow>
      {typed('hint', 'Runner hint', 'Requests of one hint go to one runner, where that can be.', 'wide')}
      {typed('startTimeout', 'Start within', 'Ends the request when no runner has begun by then.', 'seconds')}
      {typed('timeout', 'Give up after', 'How long to wait for the whole; then it is cancelled.', 'seconds')}
      {typed(
        'stallTimeout',
        'Silence at most',
        'A connection that says nothing for longer is opened anew or given up. 60 where empty.',
        'seconds',
      )}
      {typed(
        'maxQueueLength',
        'Queue at most',
        'Not taken where more requests than that wait at the model already.',
        'count',
      )}
      {flag('noRetry', 'No retries by fal', 'What fails in the queue is not tried again there.')}
      {typed(
        'retryServerError',
        'Retries after a fault',
        'Of your own apps: tries beyond the first.',
        'count',
      )}
      {typed('retryConnectionError', 'Retries after a lost runner', 'Of your own apps.', 'count')}
      {typed('retryTimeout', 'Retries after a time-out', 'Of your own apps.', 'count')}
      {flag(
        'disableFallback',
        'No other model in its place',
        'Where the model fails, fal does not answer with another.',
      )}
      <OptionRow
        {...row('keepFiles', 'Keep its files', 'How long fal keeps the files that the model makes.')}
      >
        {({ describedBy }) => (
          <Select
            label="Keep its files"
            options={keepFiles}
            value={texts.keepFiles === '' ? null : texts.keepFiles}
            placeholder="As usual"
            describedBy={describedBy}
            className="w-36"
            onChange={(next) => onChange('keepFiles', next)}
            onClear={() => onChange('keepFiles', '')}
          />
        )}
      </OptionRow>
      <OptionRow
        {...row(
          'readers',
          'Readers of its files',
          'Who may open them. A file that nobody may cannot be copied here.',
        )}
      >
        {({ describedBy }) => (
          <Select
            label="Readers of its files"
            options={READERS}
            value={texts.readers === '' ? null : texts.readers}
            placeholder="As usual"
            describedBy={describedBy}
            className="w-36"
            onChange={(next) => onChange('readers', next)}
            onClear={() => onChange('readers', '')}
          />
        )}
      </OptionRow>
      {flag(
        'storeIoOff',
        'Keep nothing at fal',
        'fal keeps neither request nor result: what is not fetched in time is gone, and is paid all the same. Files are kept as above.',
      )}
      {typed('webhookUrl', 'Webhook', 'An address of yours that fal tells of the end.', 'wide')}
      <HeaderRows rows={texts.headers} problems={problems} onChange={(rows) => onChange('headers', rows)} />
    </div>
  );
}
