import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ValidationDetail } from '../../electron/local-fal/index.ts';
import { cleanSchema } from './clean-schema.ts';
import { toDetail } from './pydantic.ts';
import type { Json } from './schema-documents.ts';

// ajv-formats is CommonJS: under Node its default export is the module, under a bundler the function.
const installFormats = 'default' in addFormats ? addFormats.default : addFormats;

function makeAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    logger: false,
    multipleOfPrecision: 6,
  });
  installFormats(ajv);
  return ajv;
}

export function compileSchema(schema: unknown, components: Json): ValidateFunction {
  return makeAjv().compile(cleanSchema(schema, components));
}

/** A checker that is compiled when first used: most of hundreds of models are never called. */
export function lazyValidator(
  schema: unknown,
  components: Json,
): (value: unknown) => readonly ValidationDetail[] | null {
  let validate: ValidateFunction | null = null;
  return (value) => {
    if (value === undefined) return [{ loc: ['body'], msg: 'Field required', type: 'missing', input: null }];
    validate ??= compileSchema(schema, components);
    if (validate(value)) return null;
    return explain(validate.errors ?? []);
  };
}

/**
 * A failed union reports each branch's complaints. As a runner does, tell only what helps: inside a branch that
 * fits the value's shape the deeper faults, else one fault for the union itself.
 */
function explain(errors: readonly ErrorObject[]): ValidationDetail[] {
  const unions = errors.filter(isUnion);
  const outermost = unions.filter(
    (union) => !unions.some((other) => other !== union && isBelow(union.instancePath, other.instancePath)),
  );
  const told: ErrorObject[] = errors.filter(
    (error) =>
      !isUnion(error) && !outermost.some((union) => isAtOrBelow(error.instancePath, union.instancePath)),
  );
  const seen = new Set<string>();
  for (const union of outermost) {
    if (seen.has(union.instancePath)) continue;
    seen.add(union.instancePath);
    told.push(
      ...tellUnion(
        union,
        errors.filter((error) => !isUnion(error)),
      ),
    );
  }
  return told.map(toDetail);
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}/`);
}

function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || isBelow(path, parent);
}

function tellUnion(union: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] {
  const inside = errors.filter((error) => isAtOrBelow(error.instancePath, union.instancePath));
  const useful = inside.filter((error) => !wantsNull(error));
  const within = useful.filter(
    (error) => isBelow(error.instancePath, union.instancePath) || error.keyword === 'required',
  );
  if (within.length > 0) return within;
  // Limits first: the type was right. Then choices, then types.
  const [best] = useful.sort((a, b) => rank(a) - rank(b));
  return best ? [best] : [union];
}

function isUnion(error: ErrorObject): boolean {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf';
}

function wantsNull(error: ErrorObject): boolean {
  return error.keyword === 'type' && error.params['type'] === 'null';
}

function rank(error: ErrorObject): number {
  return error.keyword === 'type' ? 2 : ['enum', 'const'].includes(error.keyword) ? 1 : 0;
}
