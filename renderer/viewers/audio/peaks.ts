/**
 * The loudest of each of `count` equal pieces over all channels, 0 to 1, as a share of the loudest there is; all 0 for
 * silence. `channels` are samples from -1 to 1, each as long as the others.
 */
export function peaksOf(channels: readonly Float32Array[], count: number): Float32Array {
  const peaks = new Float32Array(count);
  const length = channels[0]?.length ?? 0;
  let loudest = 0;
  for (const samples of channels) {
    for (let i = 0; i < count; i += 1) {
      const end = Math.floor(((i + 1) * length) / count);
      let peak = peaks[i] ?? 0;
      for (let k = Math.floor((i * length) / count); k < end; k += 1)
        peak = Math.max(peak, Math.abs(samples[k] ?? 0));
      peaks[i] = peak;
      loudest = Math.max(loudest, peak);
    }
  }
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks;
}

/** A path of upright bars, one a peak, in a box of `peaks.length` by 2 around its middle; silence is a fine line. */
export function barsOf(peaks: Float32Array): string {
  const bars: string[] = [];
  peaks.forEach((peak, i) => {
    const half = Math.max(peak * 0.96, 0.03);
    bars.push(`M${i + 0.2} ${(1 - half).toFixed(3)}h0.6v${(half * 2).toFixed(3)}h-0.6z`);
  });
  return bars.join('');
}
