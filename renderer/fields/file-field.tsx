import { AudioLines, Box, File, Film, Image, LoaderCircle, X } from 'lucide-react';
import { useContext, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import type { FileMedium } from '../../shared/media/input.ts';
import { referencedSha } from '../../shared/media/reference.ts';
import type { FileField as Field } from '../../shared/schema/field.ts';
import { MaskTool } from '../mask/mask-tool.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { RecentPicker } from './recent-picker.tsx';
import { useUnfit } from './use-unfit.ts';
import { DataUriCard, StoredFileCard } from './file-card.tsx';
import { FileToolContext } from './file-tool.ts';
import { takeHanded } from './handed-files.ts';
import { FormContext, PlaceContext, useDescribedBy } from './place.ts';
import { useTakeFile } from './use-take-file.ts';

const ICONS = { image: Image, video: Film, audio: AudioLines, model: Box, any: File } as const;

/** For the system's dialog, which may be told to show all files; main looks at the bytes. */
export const ACCEPTS: Readonly<Record<FileMedium, string | undefined>> = {
  image: 'image/*',
  video: 'video/*,image/gif',
  audio: 'audio/*',
  model: '.glb,.gltf,.obj,.fbx,.stl,.ply,.usdz,.3mf,.usd',
  any: undefined,
};

/** Longer than any address that is typed: shown as what it is instead of as text. */
const LONG_URI = 200;

/** A file, chosen, dropped or pasted, or its URL. */
export function FileField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const urlId = useId();
  const pickId = useId();
  const pick = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const { taking, take, takeStored, calm } = useTakeFile(field, value, onChange);
  const { endpointId } = useContext(FormContext);
  const place = useContext(PlaceContext);
  const receiveHanded = useEffectEvent(() => {
    const file = takeHanded(endpointId, place);
    if (file !== undefined) void take([file]);
  });
  useEffect(() => receiveHanded(), []);
  /** What has the focus may be about to go; the chooser is always there. */
  const holdFocus = (): void => {
    if (area.current?.contains(document.activeElement)) pick.current?.focus();
  };
  const tool = useContext(FileToolContext)?.({
    field,
    onChange: (next) => {
      calm();
      onChange(next);
    },
  });
  const hasTool = tool !== undefined && tool !== null;
  const receive = (files: FileList): void => {
    if (files.length === 1) holdFocus();
    void take(files);
  };

  const text = typeof value === 'string' ? value : '';
  const sha256 = referencedSha(text);
  const inline = text.startsWith('data:') && text.length > LONG_URI;
  const isCard = sha256 !== null || inline;
  const adding = taking.kind === 'adding';
  const unfit = useUnfit(field, sha256);
  const all = taking.kind === 'refused' ? [taking.reason, ...problems] : [...unfit, ...problems];
  const shared = {
    'aria-invalid': all.length > 0,
    'aria-describedby': useDescribedBy(all),
  };
  const Icon = ICONS[field.medium];

  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };

  return (
    <FieldRow field={field} controlId={isCard || adding ? pickId : urlId} problems={all}>
      {/* Dropping and pasting are short ways to what the chooser beside them does. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={area}
        role="group"
        aria-label={field.label}
        aria-busy={adding}
        onDragEnter={onDrag}
        onDragOver={onDrag}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
        }}
        onDrop={(event) => {
          setOver(false);
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          receive(event.dataTransfer.files);
        }}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          receive(event.clipboardData.files);
        }}
        className={cx(
          'relative flex items-center rounded-md',
          isCard && 'flex-wrap gap-x-2 border border-line bg-raised p-1.5',
          isCard && all.length > 0 && 'border-danger',
          over && 'outline-2 outline-accent',
        )}
      >
        {adding ? (
          <div
            className={cx(
              'flex min-w-0 flex-1 items-center gap-2 text-soft',
              isCard ? 'h-14 px-3' : cx('field h-8 px-2.5', hasTool ? 'pr-32' : 'pr-24'),
            )}
          >
            <LoaderCircle
              size={14}
              aria-hidden
              className="shrink-0 animate-spin motion-reduce:animate-none"
            />
            <span className="truncate">Adding {taking.fileName}…</span>
          </div>
        ) : sha256 !== null ? (
          <StoredFileCard sha256={sha256} />
        ) : inline ? (
          <DataUriCard uri={text} />
        ) : (
          <>
            <Icon size={14} aria-hidden className="pointer-events-none absolute left-2.5 text-faint" />
            <input
              {...shared}
              id={urlId}
              value={text}
              placeholder={over ? 'Drop it here' : 'Drop, paste or URL'}
              spellCheck={false}
              onChange={(event) => {
                calm();
                onChange(event.target.value);
              }}
              className={cx('field h-8 w-full pl-8 text-ellipsis', hasTool ? 'pr-32' : 'pr-24')}
            />
          </>
        )}
        <div className={cx('flex shrink-0 items-center', isCard ? 'ml-auto' : 'absolute right-1')}>
          <RecentPicker label={field.label} medium={field.medium} onPick={(file) => void takeStored(file)} />
          {/* Beside what stays where it is: a sheet that is drawn on hangs from it. */}
          {tool}
          <input
            {...shared}
            ref={pick}
            id={pickId}
            type="file"
            accept={ACCEPTS[field.medium]}
            aria-label={`${isCard ? 'Replace' : 'Choose'} the file for ${field.label}`}
            onChange={({ target }) => {
              if (target.files !== null) receive(target.files);
              // The same file chosen again is a choice too.
              target.value = '';
            }}
            className="peer sr-only"
          />
          <label
            htmlFor={pickId}
            className="flex h-6 items-center rounded-sm px-2 text-soft select-none peer-focus-visible:outline-2 peer-focus-visible:outline-accent hover:bg-hover hover:text-text"
          >
            {isCard ? 'Replace' : 'Choose'}
          </label>
          {isCard && (
            <IconButton
              label={`Remove the file from ${field.label}`}
              onClick={() => {
                calm();
                holdFocus();
                onChange(undefined);
              }}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </div>
        <span role="status" className="sr-only">
          {adding && `Adding ${taking.fileName}`}
          {taking.kind === 'added' && `${taking.fileName} added`}
        </span>
      </div>
      {field.maskOf !== undefined && (
        <MaskTool
          label={field.label}
          maskOf={field.maskOf}
          value={text}
          onChange={(next) => {
            calm();
            onChange(next);
          }}
        />
      )}
    </FieldRow>
  );
}
