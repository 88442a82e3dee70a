import { packaged, run } from './tools.ts';

/** Brings the sources into the form that `npm test` wants: lint fixes, then the formatter. */
await run(packaged('oxlint'), ['--fix']);
process.exitCode = await run(packaged('prettier'), ['--write', '--log-level', 'warn', '.']);
