import { stringifyJson } from '../shared/json.ts';
import type { Field } from '../shared/schema/field.ts';

/**
 * A field in one line, for tables: `name*` is required, `?` takes null, then the kind with its limits, the default and
 * what sets it apart.
 */
export function describeField(field: Field): string {
  const marks = `${field.required ? '*' : ''}${field.nullable ? '?' : ''}`;
  const initial = field.default === undefined ? '' : ` = ${stringifyJson(field.default)}`;
  const flags = [field.advanced && 'advanced', field.deprecated && 'deprecated'].filter(
    (flag) => flag !== false,
  );
  return [`${field.name}${marks}: ${shape(field)}${also(field)}${initial}`, ...flags].join(', ');
}

/** What has no name: an item, or a value of a map. */
function within(field: Field): string {
  return `${shape(field)}${also(field)}${field.nullable ? '?' : ''}`;
}

function also({ alsoTakes = [] }: Field): string {
  return alsoTakes.map((kind) => ` or ${kind}`).join('');
}

function shape(field: Field): string {
  switch (field.kind) {
    case 'text':
      return [field.multiline ? 'long text' : 'text', span(field.minLength, field.maxLength)]
        .join(' ')
        .trim();
    case 'file': {
      const mask = field.maskOf === undefined ? '' : `mask of ${field.maskOf}`;
      const limits = Object.entries(field.limits).map(([limit, value]) => `${limit} ${value}`);
      return [`file (${field.medium})`, mask, span(field.minLength, field.maxLength), limits.join(', ')]
        .filter((word) => word !== '')
        .join(' ');
    }
    case 'number': {
      const { min, max, exclusiveMin, exclusiveMax } = field;
      const low = exclusiveMin === undefined ? min : `>${exclusiveMin}`;
      const high = exclusiveMax === undefined ? max : `<${exclusiveMax}`;
      const words = [field.integer ? 'integer' : 'number', span(low, high), `by ${field.step}`];
      if (field.multipleOf !== undefined) words.push('strictly');
      return [...words, field.slider ? 'slider' : ''].filter((word) => word !== '').join(' ');
    }
    case 'seed':
      return `seed ${span(field.min, field.max)}`.trim();
    case 'switch':
      return 'switch';
    case 'choice': {
      const options = field.options.map(({ value, label }) =>
        label === String(value) ? stringifyJson(value) : `${stringifyJson(value)} ${label}`,
      );
      return `choice of ${options.join(' | ')}${field.open ? ' | any text' : ''}`;
    }
    case 'size': {
      const by = field.sideMultipleOf === undefined ? '' : ` by ${field.sideMultipleOf}`;
      const presets = field.presets.map(({ value, width, height }) =>
        width === undefined ? value : `${value} ${width}x${height}`,
      );
      const names = [...presets, ...(field.open ? ['any name'] : [])].join(' | ');
      return `size ${field.minSide}..${field.maxSide}${by}${names === '' ? '' : ` or ${names}`}`;
    }
    case 'list': {
      const marks = [field.uniqueItems && 'unique', field.orSingle && 'or one'].filter(
        (mark) => mark !== false,
      );
      const item = `${field.item.label}: ${within(field.item)}`;
      return ['list of', `(${item})`, span(field.minItems, field.maxItems), ...marks]
        .filter((word) => word !== '')
        .join(' ');
    }
    case 'object': {
      const role = field.role === undefined ? 'group' : `group (${field.role})`;
      return `${role} {${field.fields.map(describeField).join('; ')}${field.open ? '' : '; no more'}}`;
    }
    case 'map':
      return `map of (${within(field.value)})`;
    case 'tuple':
      return `tuple of (${field.items.map((item) => `${item.label}: ${within(item)}`).join('; ')})`;
    case 'json':
      return [`json (${field.expects})`, span(field.minItems, field.maxItems), field.reason ?? '']
        .filter((word) => word !== '')
        .join(' ');
  }
}

function span(low: number | bigint | string | undefined, high: number | bigint | string | undefined): string {
  return low === undefined && high === undefined ? '' : `${low ?? ''}..${high ?? ''}`;
}
