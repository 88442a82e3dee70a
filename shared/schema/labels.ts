/** Words that keep their own capitals in a label. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    'URL URLs API ID IDs UUID AI CFG FPS BPM HD UHD SD SDXL XL IP NSFW VAE VLM LLM TTS STT ASR SSML RGB RGBA HDR PDF',
    'JSON CSV XML HTML SRT VTT ZIP MP3 MP4 WAV FLAC PNG JPG JPEG WebP WebM GIF SVG GLB GLTF OBJ FBX USDZ STL UV PBR',
    'GPU CPU EXIF DPI CRF RLE EQ Hz kHz dB MB GB IC STG NAG BGM UGC AIGC EXR ASMR VGL IOU I2V T2V V2V 2D 3D 1K 2K 3K 4K 8K LoRA LoRAs ControlNet ControlNets',
  ]
    .join(' ')
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

const LONGEST_TITLE = 60;

/**
 * What a field is called: its title in sentence case where that is a label ("Num Inference Steps" -> "Num inference
 * steps", "Output FPS" stays), else its name. A class name ("ImageSizeInput") or an essay is no label.
 */
export function labelOf(name: string, title: string | undefined): string {
  const said = title?.trim() ?? '';
  const isClassName = /^[A-Z]\p{L}*\p{Ll}[A-Z]\p{L}*$/u.test(said);
  const isLabel = said !== '' && !isClassName && said.length <= LONGEST_TITLE && !/[_\n]/.test(said);
  return isLabel ? inSentenceCase(said) : labelFromName(name);
}

const LINKING_WORDS = new Set('a an and as at by for from in of on or per the to via with'.split(' '));

/** "Number of Inference Steps" -> "Number of inference steps"; any other mix of capitals stays as it is. */
function inSentenceCase(title: string): string {
  const words = title.split(/(\s+)/);
  const letters = words.filter((word) => /^[^\p{L}\p{N}]*\p{L}{2}/u.test(word));
  const isTitleCase = letters.every((word) => LINKING_WORDS.has(word) || /^[^\p{L}]*\p{Lu}/u.test(word));
  if (!isTitleCase && title !== title.toLowerCase()) return title;
  return upperFirst(
    words
      .map(
        (word) =>
          SPELLINGS.get(word.toLowerCase()) ??
          (/^[^\p{L}]*\p{Lu}\p{Ll}+(-\p{L}\p{Ll}+)*[^\p{L}]*$/u.test(word) ? word.toLowerCase() : word),
      )
      .join(''),
  );
}

/** `num_inference_steps` -> "Num inference steps", `loraScale` -> "LoRA scale". */
export function labelFromName(name: string): string {
  const text = wordsOf(name)
    .map((word) => SPELLINGS.get(word) ?? word)
    .join(' ');
  if (text === '') return name;
  // "kHz" and "dB" stay as they are even at the start.
  return SPELLINGS.get(text.toLowerCase()) ?? upperFirst(text);
}

/** The words of a property name in lower case: split at `_`, `-`, blanks and camel humps. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})|(\d)(\p{Lu}\p{Ll})/gu, '$1$3 $2$4')
    .toLowerCase()
    .split(/[\s_\-.]+/)
    .filter((word) => word !== '');
}

const SHORT_WORDS = new Set(
  'a an as at by do go hd id if in is it my no of off on or sd so to up us vs we xl'.split(' '),
);

/**
 * Names for the values of one enum: "first_frame" -> "First frame". Only where every value is plain lower-case words;
 * codes ("af_heart", "dpmpp_2m", "en-US") are clearer as the request spells them.
 */
export function optionLabels(values: readonly (string | number | boolean)[]): readonly string[] {
  const plain = values.every((value) => typeof value === 'string' && isPlainWords(value));
  const labels = plain ? values.map((value) => labelFromName(String(value))) : values.map(rawLabel);
  return new Set(labels).size === labels.length ? labels : values.map(String);
}

function isPlainWords(value: string): boolean {
  if (!/^[a-z]+([ _-][a-z]+)*$/.test(value)) return SPELLINGS.has(value);
  // Without a vowel it is an abbreviation that this list does not know.
  return wordsOf(value).every(
    (word) => SHORT_WORDS.has(word) || SPELLINGS.has(word) || /^(?=.*[aeiouy]).{3,}$/.test(word),
  );
}

function rawLabel(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value === '' ? '(empty)' : String(value);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label within a sentence: "Image URL" -> "image URL", "URL" stays. */
export function inSentence(label: string): string {
  const first = label.split(' ', 1)[0] ?? '';
  return /\p{Lu}/u.test(first.slice(1)) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
