import * as z from 'zod';
import { command, nothing } from './define.ts';

/**
 * Where a profile's key comes from. The key itself never crosses to the window.
 * - `built-in`     the demo's own server on this computer needs none of yours
 * - `environment`  FAL_KEY, or FAL_KEY_ID with FAL_KEY_SECRET
 * - `session`      typed in this window, forgotten when the app quits
 * - `none`         there is no key yet
 */
export const keySources = ['built-in', 'environment', 'session', 'none'] as const;

export const profileSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** One line on what it talks to. */
  about: z.string(),
  keySource: z.enum(keySources),
  /** Whether a key can be typed for it. */
  takesKey: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;

export const profilesSchema = z.object({ active: z.string(), profiles: z.array(profileSchema) });
export type Profiles = z.infer<typeof profilesSchema>;

export const profileCommands = {
  'profiles.list': command(nothing, profilesSchema),
  'profiles.use': command(z.object({ id: z.string() }), profilesSchema),
  /** The one message that carries a secret, and only towards main. Takes effect at once and lasts until the app quits. */
  'keys.add': command(
    z.object({ profileId: z.string(), secret: z.string().min(1).max(100_000) }),
    profilesSchema,
  ),
  'keys.remove': command(z.object({ profileId: z.string() }), profilesSchema),
};

export const profileEvents = { 'profiles.changed': profilesSchema };
