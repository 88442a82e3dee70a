import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Preset } from '../../shared/ipc/presets.ts';
import type { JsonObject } from '../../shared/json.ts';
import { exampleInputs } from '../../shared/schema/examples.ts';
import { useModels } from '../stores/models.ts';
import { usePresets } from '../stores/presets.ts';
import { useRequests } from '../stores/requests.ts';
import type { FormState } from '../stores/requests.ts';
import { textOf } from '../viewers/title.ts';
import { beginWith } from './begin-with.ts';
import { useCarried } from './carried.ts';
import { chooseToRestore } from './restore-request.ts';
import { PresetSheet } from './preset-sheet.tsx';
import { SavePreset } from './save-preset.tsx';

/** More would only be looked past. */
const MOST_EXAMPLES = 5;
const NO_PRESETS: readonly Preset[] = [];

interface PresetsMenuProps {
  readonly endpointId: string;
  readonly form: FormState;
}

/** What a request can begin with: a preset, an example of the model, what another model was given. */
export function PresetsMenu({ endpointId, form }: PresetsMenuProps): ReactNode {
  const presets = usePresets((state) => state.presets[endpointId]) ?? NO_PRESETS;
  const load = usePresets((state) => state.load);
  const [open, setOpen] = useState<'save' | 'all' | null>(null);
  return (
    <>
      <Menu.Root onOpenChange={(opens) => opens && void load(endpointId)}>
        <Menu.Trigger className="flex h-7 items-center gap-1 rounded-md px-2 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover">
          Presets
          <ChevronDown size={14} aria-hidden className="text-faint" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-40 outline-hidden">
            <Menu.Popup className="max-h-(--available-height) w-72 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
              {presets.length > 0 && (
                <Section title="Presets">
                  {presets.map(({ name, input }) => (
                    <Entry
                      key={name}
                      onClick={() => beginWith(endpointId, input, `Filled from the preset “${name}”`)}
                    >
                      {name}
                    </Entry>
                  ))}
                </Section>
              )}
              {form.kind === 'form' && <Examples endpointId={endpointId} inputs={exampleInputs(form.form)} />}
              <TakeOver endpointId={endpointId} />
              <Entry onClick={() => setOpen('save')}>Save as a preset…</Entry>
              <Entry onClick={() => setOpen('all')}>All presets…</Entry>
              <Entry onClick={chooseToRestore}>Open the request of a picture…</Entry>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <SavePreset
        endpointId={endpointId}
        open={open === 'save'}
        onOpen={(on) => setOpen(on ? 'save' : null)}
      />
      <PresetSheet
        endpointId={endpointId}
        open={open === 'all'}
        onOpen={(on) => setOpen(on ? 'all' : null)}
      />
    </>
  );
}

function Examples(props: { readonly endpointId: string; readonly inputs: readonly JsonObject[] }): ReactNode {
  const inputs = props.inputs.slice(0, MOST_EXAMPLES);
  if (inputs.length === 0) return null;
  return (
    <Section title="The model's own examples">
      {inputs.map((input, i) => (
        <Entry
          // oxlint-disable-next-line react/no-array-index-key -- they never change their order
          key={i}
          onClick={() => beginWith(props.endpointId, input, 'Filled from an example of the model')}
        >
          {textOf(input) ?? `Example ${i + 1}`}
        </Entry>
      ))}
    </Section>
  );
}

function TakeOver({ endpointId }: { readonly endpointId: string }): ReactNode {
  const carried = useCarried(endpointId);
  const models = useModels((state) => state.byId);
  const before = useRequests((state) => state.drafts[endpointId]);
  if (carried === null) return null;
  const name = models.get(carried.from)?.name ?? carried.from;
  return (
    <Section title={`From ${name}`}>
      <Entry
        onClick={() =>
          beginWith(endpointId, { ...before, ...carried.input }, `Taken over from ${name}: ${carried.what}`)
        }
      >
        Take over {carried.what}
      </Entry>
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <Menu.Group>
        <Menu.GroupLabel className="truncate px-2 pt-1.5 pb-1 text-xs text-faint">{title}</Menu.GroupLabel>
        {children}
      </Menu.Group>
      <Menu.Separator className="mx-2 my-1 h-px bg-line" />
    </>
  );
}

function Entry({
  onClick,
  children,
}: {
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Menu.Item
      onClick={onClick}
      className="flex min-h-7 cursor-default items-center rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
    >
      <span className="truncate">{children}</span>
    </Menu.Item>
  );
}
