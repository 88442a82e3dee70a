import * as z from 'zod';
import { command, nothing } from './define.ts';

/**
 * Who answers: fal, the local server that stands in its place (`--hosts`), or the demo on this computer.
 * A key belongs to one of the first two and is never sent to the other.
 */
export const realms = ['fal', 'local', 'demo'] as const;
export const realmSchema = z.enum(realms);
export type Realm = z.infer<typeof realmSchema>;

/**
 * - `ready`       it can be used; also what is said before the keychain has answered
 * - `unreadable`  the keychain holds it and does not give it back; `hint` says why
 * - `missing`     the keychain has it no more: it was kept for one session, or removed there by somebody else
 */
export const keyStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('unreadable'), hint: z.string() }),
  z.object({ kind: z.literal('missing') }),
]);
export type KeyState = z.infer<typeof keyStateSchema>;

const named = { id: z.string(), name: z.string(), realm: realmSchema };

/** Where requests go and with which key. The key itself never crosses to the window. */
export const profileSchema = z.discriminatedUnion('kind', [
  /** A key the person added and named. */
  z.object({
    ...named,
    kind: z.literal('key'),
    /** Milliseconds since 1970. */
    addedAt: z.int(),
    /** False when fal could not be asked about it yet. */
    tested: z.boolean(),
    state: keyStateSchema,
  }),
  /** The environment's key, which only the environment can change; `variables` are where it came from. */
  z.object({ ...named, kind: z.literal('environment'), variables: z.string() }),
  /** Browsing without a key, while there is none. */
  z.object({ ...named, kind: z.literal('keyless') }),
  /** The demo's own server on this computer needs no key of anybody's. */
  z.object({ ...named, kind: z.literal('demo') }),
]);
export type Profile = z.infer<typeof profileSchema>;
export type KeyProfile = Extract<Profile, { kind: 'key' }>;

/** Where named keys are held on this computer, and why there: one sentence. */
export const keychainSchema = z.object({
  backend: z.enum(['keytar', 'safe-storage', 'session']),
  why: z.string(),
});

export const profilesSchema = z.object({
  active: z.string(),
  profiles: z.array(profileSchema),
  keychain: keychainSchema,
  /** The address of the server that stands in fal's place; null when fal itself is meant. */
  server: z.string().nullable(),
});
export type Profiles = z.infer<typeof profilesSchema>;

/** Whether fal took the key, or could not be asked. A key it refused is an error and stored nowhere. */
export const addedKeySchema = profilesSchema.extend({ tested: z.enum(['accepted', 'untested']) });
export type AddedKey = z.infer<typeof addedKeySchema>;

export const profileCommands = {
  'profiles.list': command(nothing, profilesSchema),
  'profiles.use': command(z.object({ id: z.string() }), profilesSchema),
  /**
   * The one message that carries a secret, and only towards main. The key is tested, stored, and made the active one;
   * with `replaces` it takes the place of that key's secret, and what was active stays so.
   */
  'keys.add': command(
    z.object({ name: z.string(), secret: z.string(), replaces: z.string().nullable() }),
    addedKeySchema,
  ),
  'keys.rename': command(z.object({ id: z.string(), name: z.string() }), profilesSchema),
  /** Out of the keychain and the list; runs under way go on with it until the app quits. */
  'keys.remove': command(z.object({ id: z.string() }), profilesSchema),
};

export const profileEvents = { 'profiles.changed': profilesSchema };
