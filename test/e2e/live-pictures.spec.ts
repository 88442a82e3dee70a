import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from './app.ts';
import { FileInput, TEXT } from './file-input.ts';
import { LiveScreen } from './live-screen.ts';
import { sketchModel } from './sketch-model.ts';

/** A white picture of one bit a pixel: small as a file, however large it is decoded. */
function whitePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(1, 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(Math.ceil(width / 8), 255)]);
  const rows = Buffer.alloc(row.length * height);
  for (let y = 0; y < height; y += 1) row.copy(rows, y * row.length);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('pictures for a live model: made small, refused in words where that cannot be, and never a text', async ({
  launch,
  startFal,
}) => {
  const { model, pictures } = sketchModel();
  const fal = await startFal({ extraModels: [model] });
  const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const live = new LiveScreen(page);
  await live.open(model.endpointId);
  const image = new FileInput(live, 'Image');
  const dir = await mkdtemp(join(tmpdir(), 'pictures-'));
  const large = join(dir, 'large.png');
  const huge = join(dir, 'huge.png');
  await writeFile(large, whitePng(3000, 1500));
  await writeFile(huge, whitePng(20_000, 20_000));

  await image.chooser.setInputFiles(huge);
  await expect(image.refusal).toContainText('20000 × 20000 pixels cannot be made smaller');
  await image.chooser.setInputFiles(TEXT);
  await expect(image.refusal).toContainText('cannot be read');
  expect(pictures).toEqual([]);

  await image.chooser.setInputFiles(large);
  await image.shows(live, 'large.jpg', 1024);
  await expect.poll(() => pictures.length).toBe(1);
  expect(pictures[0]).toMatch(/^data:image\/jpeg;base64,/);
  await rm(dir, { recursive: true });
});
