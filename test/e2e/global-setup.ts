import { ringFrames } from '../local-fal/ring-frames.ts';

/** The frames of live tests take longer to encode, once for a machine, than any one test may take. */
export default async function setup(): Promise<void> {
  await ringFrames();
}
