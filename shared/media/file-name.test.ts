import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionFor, safeFileName } from './file-name.ts';

describe('safeFileName', () => {
  it.each([
    ['cat.png', 'cat.png'],
    ['../../etc/passwd', 'passwd.png'],
    ['C:\\Windows\\system32\\cat.jpg', 'cat.jpg'],
    ['a/b/', 'b.png'],
    ['..', 'file.png'],
    ['', 'file.png'],
    ['.env', 'env.png'],
    ['-rf.png', 'rf.png'],
    ['con.png', '_con.png'],
    ['AUX.tar.gz', '_AUX.tar.gz'],
    ['com¹', '_com¹.png'],
    ['console.png', 'console.png'],
    ['a\u0000b\nc.png', 'abc.png'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['what? <is> "this"|*.png', 'what_ _is_ _this___.png'],
    ['trailing. . .', 'trailing.png'],
    ['name.png ', 'name.png'],
    ['no extension', 'no extension.png'],
    ['x.not an ext', 'x.not an ext.png'],
    ['\uD800.png', 'png.png'],
  ])('%j becomes %j', (given, wanted) => {
    expect(safeFileName(given, '.png')).toBe(wanted);
  });

  it('cuts long names at a code point and keeps the extension', () => {
    const name = safeFileName(`${'🐦'.repeat(100)}.webp`, 'bin');
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(120);
    expect(name).toMatch(/^(🐦)+\.webp$/u);
  });

  it('holds for every name: safe, short, and cleaning again changes nothing', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        '.',
        '/',
        '\\',
        ' ',
        '\u202E',
        '\0',
        'é',
        '🐦',
        'con',
        '-',
        ':',
        'x'.repeat(50),
        '\uD83D',
      ),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), fc.string(), (name, extension) => {
        const safe = safeFileName(name, extension);
        expect(safe).toMatch(/^[^./\\:<>"|?*\p{C}-][^/\\:<>"|?*\p{C}]*\.[A-Za-z0-9]{1,16}$/u);
        expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(120);
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*\./i);
        expect(safeFileName(safe, extension)).toBe(safe);
      }),
      { numRuns: 500 },
    );
  });
});

describe('extensionFor', () => {
  it('knows the usual types and says bin for the rest', () => {
    expect(extensionFor('image/jpeg')).toBe('jpg');
    expect(extensionFor('Video/MP4; codecs="avc1"')).toBe('mp4');
    expect(extensionFor('model/gltf-binary')).toBe('glb');
    expect(extensionFor('application/octet-stream')).toBe('bin');
    expect(extensionFor(undefined)).toBe('bin');
    expect(extensionFor('not a type')).toBe('bin');
  });
});
