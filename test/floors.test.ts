import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The arrows between the floors are lint rules; here each is crossed once, in a tree of its own. */

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'floors-'));
  cpSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function isRefused(file: string, target: string): boolean {
  const path = join(tree, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${target}';\nexport const used = thing;\n`);
  const oxlint = join(root, 'node_modules', '.bin', windows ? 'oxlint.cmd' : 'oxlint');
  const { stdout } = spawnSync(oxlint, [file], { cwd: tree, encoding: 'utf8', shell: windows });
  return stdout.includes('no-restricted-imports');
}

describe('the floors', () => {
  it.each([
    ['shared/a.ts', 'node:fs'],
    ['shared/fal/a.ts', '../../electron/fal/hosts.ts'],
    ['shared/ipc/a.ts', '../../renderer/bridge.ts'],
    ['shared/a.ts', 'react'],
    ['electron/fal/a.ts', 'electron'],
    ['electron/fal/a.ts', '../runs/queue-line.ts'],
    ['electron/fal/a.ts', '../history/history.ts'],
    ['electron/runs/a.ts', 'electron'],
    ['electron/realtime/a.ts', 'electron'],
    ['electron/history/a.ts', '../shell/window.ts'],
    ['electron/local-fal/a.ts', '../../shared/json.ts'],
    ['electron/local-fal/a.ts', '../fal/queue.ts'],
    ['test/local-fal/a.ts', '../../shared/json.ts'],
    ['renderer/a.ts', '../electron/fal/hosts.ts'],
    ['renderer/ui/a.ts', 'node:fs'],
    ['renderer/ui/a.ts', 'electron'],
  ])('%s may not import %s', (file, target) => expect(isRefused(file, target)).toBe(true));

  it.each([
    ['electron/fal/a.ts', '../../shared/result.ts'],
    ['electron/runs/a.ts', '../fal/queue.ts'],
    ['electron/main.ts', 'electron'],
    ['renderer/ui/a.ts', '../../shared/json.ts'],
    ['electron/local-fal/a.ts', './server.ts'],
  ])('%s may import %s', (file, target) => expect(isRefused(file, target)).toBe(false));
});
