import { enableCompileCache } from 'node:module';

// The stand-in is some forty TypeScript files: stripping their types takes longer than running them.
enableCompileCache();
await import('./boot.ts');
