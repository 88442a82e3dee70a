import type { Random } from '../soak/random.ts';

/** A kind of speaker: what is asked for, and what is added to it from try to try. */
interface Tongue {
  /** How many in a hundred prompts. */
  readonly share: number;
  readonly subjects: readonly string[];
  readonly scenes: readonly string[];
  readonly looks: readonly string[];
  readonly between: string;
}

const words = (text: string): readonly string[] => text.split('|');

const tongues: readonly Tongue[] = [
  {
    share: 62,
    subjects: words(
      'a wren on a fence post|an old lighthouse|two foxes|a paper boat|a brass telescope|the harbour master|a glass teapot|a violin maker|a red bicycle|a heron|three mountain goats|a clockwork beetle|an astronaut with a guitar|a street of lanterns|a bowl of ramen|the last tram|a knitted whale|a greenhouse|a chess board|an owl in a library|a wooden bridge|a lemon tree|a sleeping dragon|a market stall',
    ),
    scenes: words(
      'in the morning mist|under a thundercloud|beside a frozen lake|at the edge of a pine forest|in a crowded kitchen|seen from above|behind rain on the window|on the roof of the world|in a desert of black sand|at low tide|through an open door|in the middle of winter|after the harvest|beneath northern lights',
    ),
    looks: words(
      'soft light|35mm film|watercolour|isometric|highly detailed|macro lens|muted colours|golden hour|ink on paper|studio photograph|low poly|wide angle|pastel palette|dramatic shadows|shallow depth of field|flat illustration|no people',
    ),
    between: ', ',
  },
  {
    share: 6,
    subjects: words(
      'ein Zaunkönig auf dem Pfosten|der Bahnhof bei Nacht|eine Fähre|der Übersetzer in seiner Stube|zwei Störche',
    ),
    scenes: words('im Morgennebel|über den Dächern|vor grünen Hügeln|am Flußufer|hinter Glas'),
    looks: words('weiches Licht|Aquarell|sehr scharf|wie ein Holzschnitt|ohne Menschen'),
    between: ', ',
  },
  {
    share: 5,
    subjects: words(
      'un héron cendré|la boulangerie du coin|une fenêtre ouverte|le train de nuit|deux chênes',
    ),
    scenes: words('à l’aube|sous la neige|près d’un étang|au cœur de la forêt|dans un café où l’on rêve'),
    looks: words('lumière douce|gravure ancienne|grand angle|couleurs passées'),
    between: ', ',
  },
  {
    share: 4,
    subjects: words(
      'una cigüeña en el campanario|el taller del zapatero|un gato sobre el piano|la montaña roja',
    ),
    scenes: words('al amanecer|bajo la lluvia|frente al mar|en la niebla'),
    looks: words('luz suave|acuarela|muy detallado|película de 35 mm'),
    between: ', ',
  },
  {
    share: 5,
    subjects: words('霧の中の灯台|雪の降る駅|茶碗と梅の花|眠っている三毛猫|夜の屋台|竹林の小道'),
    scenes: words('朝の光|雨上がり|月明かりの下で|山の麓|海辺にて'),
    looks: words('水彩画|浮世絵風|映画のような|細部まで精密|パステルカラー'),
    between: '、',
  },
  {
    share: 5,
    subjects: words('湖边的老屋|一只白鹭|雨中的石桥|山间云海|红色的自行车|夜市的灯火'),
    scenes: words('清晨|黄昏时分|大雪之后|春天的花园|月光下'),
    looks: words('水墨画|电影感|高清细节|柔和的光线|俯视'),
    between: '，',
  },
  {
    share: 2,
    subjects: words('안개 낀 등대|눈 덮인 마을|고양이와 피아노|한옥의 마당'),
    scenes: words('이른 아침|비가 온 뒤|달빛 아래|바닷가에서'),
    looks: words('수채화|부드러운 빛|영화 같은|아주 세밀하게'),
    between: ', ',
  },
  {
    share: 4,
    subjects: words('منارة قديمة|قطة نائمة فوق الكتب|سوق المدينة|شجرة ليمون|جسر خشبي'),
    scenes: words('عند الفجر|تحت المطر|قرب البحر|في ضوء القمر'),
    looks: words('ألوان مائية|ضوء ناعم|تفاصيل دقيقة|صورة سينمائية'),
    between: '، ',
  },
  {
    share: 1,
    subjects: words('מגדלור ישן|חתול על הפסנתר|רחוב של פנסים'),
    scenes: words('בבוקר ערפילי|בגשם|ליד הים'),
    looks: words('צבעי מים|אור רך|פרטים רבים'),
    between: ', ',
  },
  {
    share: 3,
    subjects: words('старый маяк|лиса в снегу|ночной трамвай|деревянный мост'),
    scenes: words('на рассвете|под дождём|у замёрзшего озера|в сосновом лесу'),
    looks: words('акварель|мягкий свет|высокая детализация|широкий угол'),
    between: ', ',
  },
  {
    share: 1,
    subjects: words('धुंध में पुराना पुल|नीम का पेड़|बाज़ार की रोशनी'),
    scenes: words('सुबह के समय|बारिश के बाद|नदी के किनारे'),
    looks: words('जलरंग|कोमल प्रकाश|बारीक विवरण'),
    between: ', ',
  },
  {
    share: 1,
    subjects: words('İstanbul’da ışıklı bir iskele|ağaçtaki çalıkuşu|ıssız bir köprü'),
    scenes: words('sabahın sisinde|yağmurdan sonra|göl kıyısında'),
    looks: words('suluboya|yumuşak ışık|geniş açı'),
    between: ', ',
  },
  {
    share: 1,
    subjects: words('🦊 in the ❄️|👩‍🚀🎸 on the moon|🐋🧶|🏮 street 🏮'),
    scenes: words('🌅|🌧️ everywhere|by the 🌊|🌲🌲🌲'),
    looks: words('✨ sparkles|🎞️ film|🖌️ watercolour|📷 macro'),
    between: ' ',
  },
];

/** Each in one prompt of some thousands, so that a search for it finds a handful. */
const RARE = words('ornithopter|samovar|quetzal|aurochs|theremin|orrery|zeppelin|Kintsugi|ammonite|pangolin');

/** What one sitting is about: each next prompt of it is much like the one before. */
export class PromptLine {
  readonly #random: Random;
  readonly #tongue: Tongue;
  #subject: string;
  #scene: string;
  #looks: readonly string[];

  constructor(random: Random) {
    this.#random = random;
    let at = random.below(100);
    this.#tongue = tongues.find(({ share }) => (at -= share) < 0) ?? random.pick(tongues);
    this.#subject = random.pick(this.#tongue.subjects);
    this.#scene = random.pick(this.#tongue.scenes);
    this.#looks = [random.pick(this.#tongue.looks)];
  }

  /** What is asked for next: the same again, or with one thing changed. */
  next(): string {
    const random = this.#random;
    const { scenes, looks, subjects, between } = this.#tongue;
    if (random.chance(0.06)) this.#subject = random.pick(subjects);
    if (random.chance(0.15)) this.#scene = random.pick(scenes);
    if (random.chance(0.3)) {
      const kept = random.chance(0.4) ? [] : this.#looks.slice(0, 3);
      this.#looks = [...new Set([...kept, random.pick(looks)])];
    }
    const parts = [this.#subject, this.#scene, ...this.#looks];
    if (random.chance(0.002)) parts.push(random.pick(RARE));
    // Files and notes of one's own are pasted in, numbers and all.
    if (random.chance(0.02)) parts.push(`#${random.below(10_000)}`);
    return parts.join(between);
  }
}

/** Some sentences, as a model that writes would answer. */
export function answerTo(prompt: string, random: Random): string {
  const tails = words(
    'It keeps still for as long as one looks.|Nothing in it is new, and all of it is.|The light comes from the left and does not stay.|There are reasons for that, of which two matter.|One may leave out the rest.|Seen from the water it is smaller than one thinks.|The second try is mostly the better one.',
  );
  const count = 2 + random.below(6);
  return [`Here is ${prompt}.`, ...Array.from({ length: count }, () => random.pick(tails))].join(' ');
}

/** What people write beside a result. */
export const noteOn = (random: Random): string =>
  random.pick(
    words(
      'for the cover|hands are wrong, try another seed|client liked this one|too dark in print|use as the first frame|compare with the one from Tuesday|für die Einladung|ポスターに使う|better than expected — keep|cheap and good enough|colours off, see the note of the third one|next: wider',
    ),
  );

export const tagNames = words(
  'poster|client a|client b|draft|final|textures|portraits|für oma|夏|logo|print|tests',
);
