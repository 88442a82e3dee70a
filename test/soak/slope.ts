export interface Point {
  /** Minutes since the beginning. */
  readonly minute: number;
  readonly value: number;
}

/** What a value gains in a minute, by least squares; 0 where there is nothing to draw a line through. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (pick: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [minute, value] = [mean((point) => point.minute), mean((point) => point.value)];
  let [rise, run] = [0, 0];
  for (const point of points) {
    rise += (point.minute - minute) * (point.value - value);
    run += (point.minute - minute) ** 2;
  }
  return run === 0 ? 0 : rise / run;
}

/** What came after the first third: by then what is loaded once has been loaded. */
export function lastTwoThirds<P extends { readonly minute: number }>(points: readonly P[]): readonly P[] {
  const end = points.at(-1)?.minute ?? 0;
  return points.filter(({ minute }) => minute >= end / 3);
}
