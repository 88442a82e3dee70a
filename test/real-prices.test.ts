import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Price } from '../shared/ipc/models.ts';
import type { JsonObject } from '../shared/json.ts';
import { readCostBasis } from '../shared/money/basis.ts';
import type { CostBasis } from '../shared/money/basis.ts';
import { estimateOf } from '../shared/money/estimate.ts';
import { readUnit } from '../shared/money/unit.ts';
import { buildRequest } from '../shared/schema/request.ts';
import { corpus, hasCorpus } from './corpus.ts';

const file = new URL('../../shared/catalogue/prices.2025-10.json', import.meta.url);
const fileSchema = z.object({
  prices: z.array(
    z.object({ id: z.string(), pricing: z.object({ price: z.number(), billing_unit: z.string() }) }),
  ),
});

function realPrices(): ReadonlyMap<string, Price> {
  const { prices } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(
    prices.map(({ id, pricing }) => [
      id,
      { amount: pricing.price, unit: pricing.billing_unit, currency: 'USD' },
    ]),
  );
}

/** What the untouched form would cost with these values in it, in dollars; null is blank. */
const EXPECTED: readonly (readonly [id: string, input: JsonObject, dollars: number | null])[] = [
  ['fal-ai/flux/dev', { prompt: 'a wren' }, 0.025],
  ['fal-ai/flux/dev', { prompt: 'a wren', num_images: 4 }, 0.1],
  ['fal-ai/flux/dev', { prompt: 'a wren', image_size: { width: 1920, height: 1080 } }, 0.05],
  ['fal-ai/flux/schnell', { prompt: 'a wren' }, 0.003],
  ['fal-ai/flux/krea/image-to-image', { prompt: 'a wren', image_url: 'https://a.b/c.png' }, null],
  ['fal-ai/flux-pro/v1.1-ultra', { prompt: 'a wren', num_images: 2 }, 0.12],
  ['fal-ai/imagen3', { prompt: 'a wren' }, 0.05],
  ['fal-ai/imagen4/preview', { prompt: 'a wren' }, null],
  ['fal-ai/chain-of-zoom', { image_url: 'https://a.b/c.png' }, null],
  ['fal-ai/kling-video/v2.1/master/text-to-video', { prompt: 'a wren' }, 1.4],
  ['fal-ai/kling-video/v2.1/master/text-to-video', { prompt: 'a wren', duration: '10' }, 2.8],
  ['fal-ai/veo2', { prompt: 'a wren', duration: '8s' }, 4],
  ['fal-ai/veo3.1', { prompt: 'a wren' }, null],
  ['fal-ai/wan-25-preview/text-to-video', { prompt: 'a wren' }, null],
  ['fal-ai/topaz/upscale/video', { video_url: 'https://a.b/c.mp4' }, null],
  ['fal-ai/kokoro/italian', { prompt: 'x'.repeat(500) }, 0.01],
  ['fal-ai/elevenlabs/tts/eleven-v3', { text: 'x'.repeat(250) }, 0.025],
  ['fal-ai/elevenlabs/text-to-dialogue/eleven-v3', { inputs: [{ text: 'x'.repeat(400), voice: 'A' }] }, 0.04],
  ['fal-ai/moondream2/visual-query', { prompt: 'How many birds?' }, null],
  ['fal-ai/wan-trainer/t2v', { training_data_url: 'https://a.b/c.zip' }, 2],
  ['fal-ai/hunyuan3d/v2', { input_image_url: 'https://a.b/c.png' }, 0.16],
  ['fal-ai/minimax/video-01-director', { prompt: 'a wren' }, 0.5],
  ['fal-ai/vidu/q2/text-to-video', { prompt: 'a wren' }, null],
  ['fal-ai/bytedance/seedance/v1/pro/text-to-video', { prompt: 'a wren' }, null],
  ['fal-ai/pixverse/v5/text-to-video', { prompt: 'a wren' }, null],
];

describe.skipIf(!hasCorpus || !existsSync(file))(
  'real prices and real documents (beside the project)',
  () => {
    const models = new Map<string, { readonly price: Price; readonly basis: CostBasis }>();
    beforeAll(() => {
      const prices = realPrices();
      for (const [, document] of corpus()) {
        const basis = readCostBasis(document);
        const price = basis === null ? undefined : prices.get(basis.form.endpointId);
        if (basis !== null && price !== undefined) models.set(basis.form.endpointId, { price, basis });
      }
    }, 60_000);

    it('agree with what fal would charge, and are blank where only fal knows', () => {
      const reckoned = EXPECTED.map(([id, input]) => {
        const model = models.get(id);
        if (model === undefined) return [id, input, 'not there'];
        const request = { ...buildRequest(model.basis.form, {}), ...input };
        return [id, input, estimateOf(model.price, model.basis, request)?.amount ?? null];
      });
      expect(reckoned).toEqual(EXPECTED);
    });

    it('never make an impossible amount, nor any of a unit that is not known', () => {
      const wrong = [...models].flatMap(([id, { price, basis }]) => {
        const cost = estimateOf(price, basis, buildRequest(basis.form, {}));
        if (cost === null) return [];
        const sound = Number.isFinite(cost.amount) && cost.amount >= 0;
        return sound && (price.amount === 0 || readUnit(price.unit) !== null)
          ? []
          : [`${id}: ${cost.amount}`];
      });
      expect(models.size).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    });
  },
);
