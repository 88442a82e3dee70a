import { ensureBuilt } from './tools.ts';

await ensureBuilt();
