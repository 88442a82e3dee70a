import type { LocalModel } from '../../electron/local-fal/index.ts';
import { fixtureModel } from './fixture-model.ts';

interface About {
  readonly name: string;
  readonly category?: string;
  readonly description?: string;
  readonly price?: LocalModel['price'];
  readonly deprecated?: boolean;
  readonly date?: string;
}

/** A model of the catalogue, told apart by what is said of it. */
export function browsedModel(endpointId: string, about: About): LocalModel {
  const model = fixtureModel({ endpointId });
  return {
    ...model,
    price: about.price ?? null,
    metadata: {
      ...model.metadata,
      display_name: about.name,
      category: about.category ?? 'text-to-image',
      description: about.description ?? '',
      date: about.date ?? model.metadata.date,
      status: about.deprecated ? 'deprecated' : 'active',
    },
  };
}

const price = (unit_price: number, unit: string): LocalModel['price'] => ({
  unit_price,
  unit,
  currency: 'USD',
});

/** A small catalogue with one of each kind, and so many others that only a few rows of them can be in sight. */
export const browsedModels = (): readonly LocalModel[] => [
  browsedModel('birds/heron', { name: 'Heron', price: price(0.025, 'megapixels'), description: 'Wades.' }),
  browsedModel('birds/heron/v2.5/image-to-video', {
    name: 'Heron 2.5',
    category: 'image-to-video',
    price: price(0.1, 'seconds'),
    date: '2027-03-01T12:00:00Z',
  }),
  browsedModel('birds/wren-trainer', { name: 'Wren Trainer', category: 'training' }),
  browsedModel('birds/dodo', { name: 'Dodo', deprecated: true }),
  ...Array.from({ length: 300 }, (_, i) =>
    browsedModel(`many/model-${i}`, { name: `Model ${i}`, price: price(1, 'images') }),
  ),
];

/** Runs for whoever knows its id; neither list nor document tells of it. */
export const privateApp = (): LocalModel => ({
  ...fixtureModel({ endpointId: 'mine/secret' }),
  unlisted: true,
});
