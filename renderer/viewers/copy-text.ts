import { ask } from '../bridge.ts';
import { say, sayError } from '../ui/toasts.tsx';

/** Puts a text on the clipboard, and says what it was: "Seed". */
export async function copyText(text: string, what: string): Promise<void> {
  const answer = await ask('app.copyText', { text });
  if (answer.ok) say(`${what} copied`);
  else sayError(answer.error);
}
