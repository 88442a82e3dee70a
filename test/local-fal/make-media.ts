/**
 * Makes the small media files beside it, once; they are committed. Run by hand with Node where ffmpeg is
 * installed (`apt-get install ffmpeg`): `node test/local-fal/make-media.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

const folder = fileURLToPath(new URL('media/', import.meta.url));

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], { cwd: folder, stdio: 'inherit' });
}

function makeVideo(): void {
  const { width, height, fps, duration } = VIDEO;
  const size = `${width}x${height}`;
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `gradients=s=${size}:r=${fps}:d=${duration}:c0=0x2b2350:c1=0xe0664f:c2=0xffb45e:speed=0.06`,
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=220:duration=${duration}`,
    // Chromium without the licensed codecs has no H.264; VP9 and Opus in MP4 play everywhere the app runs.
    '-c:v',
    'libvpx-vp9',
    '-pix_fmt',
    'yuv420p',
    '-crf',
    '34',
    '-b:v',
    '0',
    '-g',
    '24',
    '-movflags',
    '+faststart',
    '-c:a',
    'libopus',
    '-b:a',
    '32k',
    '-af',
    'volume=0.2',
    '-fflags',
    '+bitexact',
    '-shortest',
    'clip.mp4',
  );
}

const VIDEO = { width: 320, height: 180, fps: 24, duration: 2 };
const AUDIO = { sampleRate: 22_050, duration: 1.5 };

/** A soft chord, 16-bit mono. */
function makeSound(): void {
  const count = AUDIO.sampleRate * AUDIO.duration;
  const wav = Buffer.alloc(44 + count * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(AUDIO.sampleRate, 24);
  wav.writeUInt32LE(AUDIO.sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) {
    const t = i / AUDIO.sampleRate;
    const envelope = Math.min(1, t * 12) * Math.exp(-t * 2.2);
    const chord = [220, 277.18, 329.63].reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0) / 3;
    wav.writeInt16LE(Math.round(chord * envelope * 14_000), 44 + i * 2);
  }
  writeFileSync(`${folder}chord.wav`, wav);
}

/** A cube of 24 corners, so that each side has its own normal. */
function makeCube(): void {
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  for (let axis = 0; axis < 3; axis += 1) {
    for (const sign of [-1, 1]) {
      const first = positions.length / 3;
      for (const [a, b] of [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ] as const) {
        const corner = [0, 0, 0];
        corner[axis] = sign;
        corner[(axis + 1) % 3] = a * sign;
        corner[(axis + 2) % 3] = b;
        positions.push(...corner.map((c) => c / 2));
        normals.push(...[0, 1, 2].map((k) => (k === axis ? sign : 0)));
      }
      indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
    }
  }
  const floats = Buffer.from(new Float32Array([...positions, ...normals]).buffer);
  const bin = Buffer.concat([floats, Buffer.from(new Uint16Array(indices).buffer)]);
  const vector = { componentType: 5126, type: 'VEC3', count: 24 };
  const gltf = {
    asset: { version: '2.0', generator: 'make-media.ts' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: 'Cube' }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1 }, indices: 2, material: 0 }] }],
    materials: [
      {
        pbrMetallicRoughness: {
          baseColorFactor: [0.85, 0.42, 0.3, 1],
          metallicFactor: 0,
          roughnessFactor: 0.7,
        },
      },
    ],
    accessors: [
      { bufferView: 0, ...vector, min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 0.5] },
      { bufferView: 1, ...vector },
      { bufferView: 2, componentType: 5123, type: 'SCALAR', count: 36 },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: 288, target: 34962 },
      { buffer: 0, byteOffset: 288, byteLength: 288, target: 34962 },
      { buffer: 0, byteOffset: 576, byteLength: 72, target: 34963 },
    ],
    buffers: [{ byteLength: bin.length }],
  };
  const text = Buffer.from(JSON.stringify(gltf));
  const json = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
  const head = Buffer.alloc(20);
  head.write('glTF', 0);
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(28 + json.length + bin.length, 8);
  head.writeUInt32LE(json.length, 12);
  head.write('JSON', 16);
  const binHead = Buffer.alloc(8);
  binHead.writeUInt32LE(bin.length, 0);
  binHead.write('BIN\0', 4);
  writeFileSync(`${folder}cube.glb`, Buffer.concat([head, json, binHead, bin]));
}

/** An archive of one stored text file. */
function makeZip(): void {
  const name = Buffer.from('readme.txt');
  const data = Buffer.from('Made by the local server of the playground.\n');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(name.length, 22);
  // 1 January 1980, the earliest date the format knows.
  common.writeUInt16LE(0x21, 8);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  writeFileSync(`${folder}bundle.zip`, Buffer.concat([local, central, end]));
}

/** The layout of a safetensors file with one tensor of four numbers. */
function makeWeights(): void {
  const header = {
    __metadata__: { format: 'pt' },
    'lora.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
  };
  const text = Buffer.from(JSON.stringify(header).padEnd(128, ' '));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const numbers = Buffer.from(new Float32Array([0.1, 0.2, 0.3, 0.4]).buffer);
  writeFileSync(`${folder}weights.safetensors`, Buffer.concat([length, text, numbers]));
}

function makeTexts(): void {
  const srt =
    '1\n00:00:00,000 --> 00:00:01,000\nOver the hills\n\n2\n00:00:01,000 --> 00:00:02,000\nand far away.\n';
  writeFileSync(`${folder}captions.srt`, srt);
  writeFileSync(`${folder}notes.txt`, 'Over the hills and far away.\n');
  writeFileSync(
    `${folder}config.json`,
    `${JSON.stringify({ steps: 100, learning_rate: 0.0001 }, null, 2)}\n`,
  );
}

mkdirSync(folder, { recursive: true });
makeVideo();
makeSound();
makeCube();
makeZip();
makeWeights();
makeTexts();
process.stdout.write(`clip.mp4: ${statSync(`${folder}clip.mp4`).size} bytes\n`);
