import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ValidationDetail } from '../../electron/local-fal/index.ts';

type Words = {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
};

/** One ajv error in the words of pydantic, which runners pass on unchanged (fal-protocol §10.1). */
export function toDetail(error: ErrorObject): ValidationDetail {
  const missing = error.keyword === 'required' ? [String(error.params['missingProperty'])] : [];
  const extra = error.keyword === 'additionalProperties' ? [String(error.params['additionalProperty'])] : [];
  const words = wordsFor(error);
  return {
    loc: ['body', ...pointer(error), ...missing, ...extra],
    msg: words.msg,
    type: words.type,
    input: error.data,
    ...(words.ctx ? { ctx: words.ctx } : {}),
  };
}

function pointer(error: ErrorObject): (string | number)[] {
  const parts = error.instancePath.split('/').slice(1);
  // Only digits that stand in an array would be an index, but no property of fal's is all digits.
  return parts.map((part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return /^\d+$/.test(name) ? Number(name) : name;
  });
}

const TYPE_WORDS: Readonly<Record<string, Words>> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  integer: { type: 'int_type', msg: 'Input should be a valid integer' },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
  object: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  null: { type: 'none_required', msg: 'Input should be None' },
};

function wordsFor(error: ErrorObject): Words {
  const limit: unknown = error.params['limit'];
  switch (error.keyword) {
    case 'required':
      return { type: 'missing', msg: 'Field required' };
    case 'type':
      return typeWords(error);
    case 'enum':
    case 'const':
      return choiceWords(error);
    case 'maximum':
      return {
        type: 'less_than_equal',
        msg: `Input should be less than or equal to ${limit}`,
        ctx: { le: limit },
      };
    case 'minimum':
      return {
        type: 'greater_than_equal',
        msg: `Input should be greater than or equal to ${limit}`,
        ctx: { ge: limit },
      };
    case 'exclusiveMaximum':
      return { type: 'less_than', msg: `Input should be less than ${limit}`, ctx: { lt: limit } };
    case 'exclusiveMinimum':
      return { type: 'greater_than', msg: `Input should be greater than ${limit}`, ctx: { gt: limit } };
    case 'multipleOf': {
      const step: unknown = error.params['multipleOf'];
      return {
        type: 'multiple_of',
        msg: `Input should be a multiple of ${step}`,
        ctx: { multiple_of: step },
      };
    }
    case 'minLength':
      return {
        type: 'string_too_short',
        msg: `String should have at least ${limit} characters`,
        ctx: { min_length: limit },
      };
    case 'maxLength':
      return {
        type: 'string_too_long',
        msg: `String should have at most ${limit} characters`,
        ctx: { max_length: limit },
      };
    case 'minItems':
      return {
        type: 'too_short',
        msg: `List should have at least ${limit} items`,
        ctx: { min_length: limit },
      };
    case 'maxItems':
      return { type: 'too_long', msg: `List should have at most ${limit} items`, ctx: { max_length: limit } };
    case 'pattern': {
      const pattern: unknown = error.params['pattern'];
      return {
        type: 'string_pattern_mismatch',
        msg: `String should match pattern '${pattern}'`,
        ctx: { pattern },
      };
    }
    case 'format':
      return error.params['format'] === 'uri'
        ? {
            type: 'url_parsing',
            msg: 'Input should be a valid URL',
            ctx: { error: 'relative URL without a base' },
          }
        : { type: 'value_error', msg: `Value error, not a valid ${String(error.params['format'])}` };
    case 'additionalProperties':
      return { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' };
    default:
      return { type: 'value_error', msg: `Value error, ${error.message ?? 'not accepted'}` };
  }
}

function typeWords(error: ErrorObject): Words {
  const wanted: unknown = error.params['type'];
  const type = Array.isArray(wanted) ? wanted.find((t) => t !== 'null') : wanted;
  if (type === 'integer' && typeof error.data === 'number') {
    const msg = 'Input should be a valid integer, got a number with a fractional part';
    return { type: 'int_from_float', msg };
  }
  return TYPE_WORDS[String(type)] ?? { type: 'value_error', msg: 'Value error, wrong type' };
}

function choiceWords(error: ErrorObject): Words {
  const allowed: unknown = error.params['allowedValues'];
  const values = Array.isArray(allowed) ? allowed : [error.params['allowedValue']];
  const names = values.map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value)));
  const last = names.at(-1) ?? '';
  const expected = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last;
  return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
}
