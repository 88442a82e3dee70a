import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as z from 'zod';
import { appError, appErrorSchema } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { commandNames } from '../../shared/ipc/channels.ts';
import { commands } from '../../shared/ipc/contract.ts';
import type { CommandName, CommandRequest, CommandResponse } from '../../shared/ipc/contract.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import { fail, ok } from '../../shared/result.ts';

/** One handler a command: what the services do, with failures as data. */
export type Handlers = {
  readonly [N in CommandName]: (
    request: CommandRequest<N>,
  ) => Promise<Answer<CommandResponse<N>>> | Answer<CommandResponse<N>>;
};

/**
 * Binds every command of the contract to its handler. A call is answered only when it comes from the window's own page;
 * its argument is parsed, and so is the answer: nothing leaves main that the contract does not name.
 */
export function bindCommands(
  ipcMain: Pick<IpcMain, 'handle'>,
  isTrusted: (event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>) => boolean,
  handlers: Handlers,
  report: (channel: CommandName, error: unknown) => void,
): void {
  for (const name of commandNames) bindOne(name);

  function bindOne<N extends CommandName>(name: N): void {
    ipcMain.handle(name, async (event, argument: unknown): Promise<Answer<unknown>> => {
      if (!isTrusted(event)) return fail(appError('internal', 'This page may not ask that'));
      const schemas: { readonly request: z.ZodType; readonly response: z.ZodType } = commands[name];
      const request = schemas.request.safeParse(argument);
      if (!request.success) return fail(badCall(name, request.error));
      try {
        // The schema that parsed it is the one its type is inferred from.
        const answer = await handlers[name](request.data as CommandRequest<N>);
        return answer.ok
          ? ok(schemas.response.parse(answer.value))
          : fail(appErrorSchema.parse(answer.error));
      } catch (error) {
        report(name, error);
        return fail(
          appError('internal', 'Something went wrong in the app itself', {
            detail: error instanceof Error ? error.message : String(error),
            hint: 'Nothing of yours is lost. If it stays, restart the app.',
          }),
        );
      }
    });
  }
}

function badCall(name: CommandName, error: z.ZodError): AppError {
  return appError('internal', 'The window asked for something unreadable', {
    detail: `${name}: ${z.prettifyError(error)}`,
  });
}
