import type { ValidationDetail } from '../types.ts';

type Loc = readonly (string | number)[];

/** Reads an input the way a runner does, and notes every fault in pydantic's words (fal-protocol §10.1). */
export class Reader {
  readonly faults: ValidationDetail[] = [];

  fault(loc: Loc, type: string, msg: string, input: unknown, ctx?: Record<string, unknown>): void {
    this.faults.push({ loc: ['body', ...loc], msg, type, input, ...(ctx ? { ctx } : {}) });
  }

  text(value: unknown, loc: Loc, limits: { least: number; most: number }): string {
    if (typeof value !== 'string') {
      this.fault(loc, 'string_type', 'Input should be a valid string', value);
      return '';
    }
    if (value.length < limits.least) {
      const noun = limits.least === 1 ? 'character' : 'characters';
      this.fault(loc, 'sequence_too_short', `String should have at least ${limits.least} ${noun}`, value, {
        min_length: limits.least,
      });
    }
    if (value.length > limits.most) {
      this.fault(loc, 'sequence_too_long', `String should have at most ${limits.most} characters`, value, {
        max_length: limits.most,
      });
    }
    return value;
  }

  number(value: unknown, loc: Loc, limits: { least: number; most: number; whole: boolean }): number {
    const { least, most, whole } = limits;
    if (typeof value !== 'number') {
      if (whole) this.fault(loc, 'int_type', 'Input should be a valid integer', value);
      else this.fault(loc, 'float_type', 'Input should be a valid number', value);
      return least;
    }
    if (whole && !Number.isInteger(value)) {
      const msg = 'Input should be a valid integer, got a number with a fractional part';
      this.fault(loc, 'int_from_float', msg, value);
    } else if (value < least) {
      const msg = `Input should be greater than or equal to ${least}`;
      this.fault(loc, 'greater_than_equal', msg, value, { ge: least });
    } else if (value > most) {
      this.fault(loc, 'less_than_equal', `Input should be less than or equal to ${most}`, value, {
        le: most,
      });
    }
    return value;
  }

  choice<T extends string>(value: unknown, loc: Loc, choices: readonly [T, ...T[]]): T {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const expected = choices.map((choice) => `'${choice}'`).join(', ');
    this.fault(loc, 'one_of', `Input should be one of ${expected}`, value, { expected: choices });
    return choices[0];
  }

  flag(value: unknown, loc: Loc): boolean {
    if (typeof value === 'boolean') return value;
    this.fault(loc, 'bool_type', 'Input should be a valid boolean', value);
    return true;
  }
}
