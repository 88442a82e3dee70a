import * as z from 'zod';
import type { AppError } from '../fal/errors.ts';
import type { Result } from '../result.ts';

/** One thing the window can ask of main: both sides' types and main's checks follow from these two schemas. */
export interface Command<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly response: Response;
}

export const command = <Request extends z.ZodType, Response extends z.ZodType>(
  request: Request,
  response: Response,
): Command<Request, Response> => ({ request, response });

/** For commands that need nothing or answer nothing. */
export const nothing = z.null();

export type Answer<T> = Result<T, AppError>;
