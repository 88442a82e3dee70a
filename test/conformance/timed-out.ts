import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import { officialClient } from './official.ts';

/** A program of its own, since it dies: the official client follows a request over the status stream, for 50 ms. */
const [, , queue = ''] = process.argv;
await officialClient({ ...FAL_HOSTS, queue })
  .subscribe('acme/bird', { input: {}, mode: 'streaming', timeout: 50 })
  .catch(() => process.stdout.write('caught'));
