import { describe, expect, it } from 'vitest';
import { helpText } from './help.ts';
import { inSentence, labelOf, optionLabels } from './labels.ts';

describe('labelOf', () => {
  it.each([
    ['num_inference_steps', 'Num Inference Steps', 'Num inference steps'],
    ['num_inference_steps', undefined, 'Num inference steps'],
    ['steps', 'Number of Inference Steps', 'Number of inference steps'],
    ['image_url', 'Image Url', 'Image URL'],
    ['image_urls', 'Image Urls', 'Image URLs'],
    ['cfg_scale', '', 'CFG scale'],
    ['lora_path', undefined, 'LoRA path'],
    ['loras', 'Loras', 'LoRAs'],
    ['output_fps', 'Output FPS', 'Output FPS'],
    ['slat_scale', 'SLat Scale', 'SLat scale'],
    ['request_id', undefined, 'Request ID'],
    ['guidance_scale', 'Guidance scale (CFG)', 'Guidance scale (CFG)'],
    ['input', 'Text to be converted to speech', 'Text to be converted to speech'],
    ['lang', 'LanguageCodeEnum', 'Lang'],
    ['startTime', undefined, 'Start time'],
    ['auto_2K', undefined, 'Auto 2K'],
    ['note', 'x'.repeat(80), 'Note'],
    ['x', 'Guidance Scale (1st Stage)', 'Guidance scale (1st stage)'],
    ['x', 'Use Multi-Scale', 'Use multi-scale'],
    ['x', 'Top view with CFG-Zero', 'Top view with CFG-Zero'],
    ['image', 'image_url', 'Image'],
    ['x', 'image url', 'Image URL'],
    ['__', undefined, '__'],
  ])('%s with title %j is %j', (name, title, label) => {
    expect(labelOf(name, title)).toBe(label);
  });

  it('fits into a sentence', () => {
    expect(['Image URL', 'URL', 'LoRA path', 'Prompt'].map(inSentence)).toEqual([
      'image URL',
      'URL',
      'LoRA path',
      'prompt',
    ]);
  });
});

describe('optionLabels', () => {
  it('spells out words and leaves codes alone', () => {
    expect(optionLabels(['first_frame', 'no_mask'])).toEqual(['First frame', 'No mask']);
    expect(optionLabels(['png', 'webp'])).toEqual(['PNG', 'WebP']);
    expect(optionLabels(['af_heart', 'am_adam'])).toEqual(['af_heart', 'am_adam']);
    expect(optionLabels(['sgm_uniform'])).toEqual(['sgm_uniform']);
    expect(optionLabels(['1:1', 'auto'])).toEqual(['1:1', 'auto']);
    expect(optionLabels([2, true, ''])).toEqual(['2', 'Yes', '(empty)']);
  });

  it('never gives two values one label', () => {
    expect(optionLabels(['top left', 'top_left'])).toEqual(['top left', 'top_left']);
    expect(optionLabels([1, '1', true, 'Yes'])).toEqual(['1', '1', 'true', 'Yes']);
  });
});

describe('helpText', () => {
  it('takes the indentation of a docstring away and joins wrapped lines', () => {
    expect(
      helpText(
        '\n            The prompt to paint from. A long one gives the model more to go by, and\n            a short one leaves it room.\n\n\n            Short line\n            - first\n            - second\n        ',
      ),
    ).toBe(
      'The prompt to paint from. A long one gives the model more to go by, and a short one leaves it room.\n\nShort line\n- first\n- second',
    );
  });

  it('keeps the items of a list apart, also after a long line', () => {
    const long = 'One of these, each of which changes how the picture is painted:';
    expect(helpText(`${long}\n- first\n1. second`)).toBe(`${long}\n- first\n1. second`);
  });

  it('copes with none, one line, tabs and Windows line ends', () => {
    expect(helpText(undefined)).toBe('');
    expect(helpText('  One line.  ')).toBe('One line.');
    expect(helpText('One:\r\n\ttwo\r\n\t  three')).toBe('One:\ntwo\n  three');
  });
});
