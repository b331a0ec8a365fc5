/** @file Draws a run as a line with gaps, with no more points than the screen can show. */

type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>;

/** Evaluations closer together than this are drawn as the range of their values. px. */
const COLUMN = 0.75;
/** Points further off the plot are slow to stroke. px. */
const FAR = 2000;

/** Evaluations `from` to `to` of a run; `x` and `y` give px and ascend and descend. A value that is not finite is a gap. */
export function drawRun(
  pen: Pen,
  values: ArrayLike<number>,
  x: (evaluation: number) => number,
  y: (value: number) => number,
  from: number,
  to: number,
): void {
  let begun = false;
  const height = (value: number) => Math.max(-FAR, Math.min(FAR, y(value)));
  const put = (at: number) => {
    if (begun) pen.lineTo(x(at), height(values[at]!));
    else pen.moveTo(x(at), height(values[at]!));
    begun = true;
  };
  for (let e = from; e <= to;) {
    if (!Number.isFinite(values[e]!)) {
      begun = false;
      e++;
      continue;
    }
    const begin = x(e);
    let [low, high, end] = [e, e, e];
    for (; end <= to && x(end) - begin < COLUMN && Number.isFinite(values[end]!); end++) {
      if (values[end]! < values[low]!) low = end;
      if (values[end]! > values[high]!) high = end;
    }
    const [first, second, last] = [Math.min(low, high), Math.max(low, high), end - 1];
    for (const at of [e, first, second, last].filter((at, i, all) => i === 0 || at > all[i - 1]!)) put(at);
    e = end;
  }
}

/** The evaluation of a run that stands nearest to a place of the axis. */
export function nearestTo(place: number, at: (evaluation: number) => number, count: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < place) low = middle + 1;
    else high = middle;
  }
  return low > 0 && place - at(low - 1) < at(low) - place ? low - 1 : low;
}
