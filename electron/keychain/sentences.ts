import { assertNever } from '../../shared/result.ts';
import type { BackendKind, Trouble } from './backend.ts';

/** What the window says about where keys are. Written for a person; no secret and no foreign message gets in here. */

const keyringName = (platform: NodeJS.Platform): string => {
  if (platform === 'darwin') return 'the macOS keychain';
  return platform === 'win32' ? 'the Windows Credential Manager' : 'the system keyring';
};

export function nameOf(kind: BackendKind, platform: NodeJS.Platform): string {
  switch (kind) {
    case 'keytar':
      return keyringName(platform);
    case 'safe-storage':
      return "the app's encrypted file";
    case 'session':
      return "the app's memory";
    default:
      return assertNever(kind);
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Half a sentence: what is wrong with a backend. */
export function reason(kind: BackendKind, trouble: Trouble, platform: NodeJS.Platform): string {
  const it = capital(nameOf(kind, platform));
  switch (trouble) {
    case 'absent':
      return kind === 'keytar'
        ? `The part that talks to ${nameOf(kind, platform)} is not installed`
        : 'This system offers the app no encryption';
    case 'no-bus':
      return 'There is no session bus here, and so no system keyring';
    case 'no-service':
      return 'No system keyring is running';
    case 'locked':
      return `${it} is locked`;
    case 'no-answer':
      return `${it} does not answer`;
    case 'insecure':
      return 'This system offers the app no safe encryption';
    case 'unreadable':
      return `${it} gives back what cannot be read`;
    case 'disk':
      return `${it} cannot be written`;
    case 'refused':
      return `${it} refuses`;
    default:
      return assertNever(trouble);
  }
}

/** Where keys go now. `because` is the first thing that went wrong, without a full stop; null when nothing did. */
export function whyHere(kind: BackendKind, because: string | null, platform: NodeJS.Platform): string {
  switch (kind) {
    case 'keytar':
      return `Keys are kept in ${keyringName(platform)}.`;
    case 'safe-storage':
      return because === null
        ? "Keys are kept encrypted in the app's folder."
        : `${because}; keys are kept encrypted in the app's folder.`;
    case 'session':
      return because === null
        ? 'Keys are kept until the app quits.'
        : `${because}; keys are kept until the app quits.`;
    default:
      return assertNever(kind);
  }
}

/** What to do about a key that is there and cannot be read. */
export function unreadableHint(
  kind: BackendKind,
  trouble: Trouble | null,
  platform: NodeJS.Platform,
): string {
  const where = nameOf(kind, platform);
  if (trouble === null)
    return `The key was kept in ${where}, which does not hand it out. Enter the key again.`;
  if (trouble === 'locked')
    return `The key is in ${where}, which is locked. Unlock it and start the app again, or enter the key again.`;
  if (trouble === 'unreadable')
    return `The key is in ${where} and can no longer be decrypted. Enter the key again.`;
  return `The key is in ${where}, which cannot be read now. Start the app again, or enter the key again.`;
}
