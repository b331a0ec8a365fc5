/**
 * @file What a figure of a lesson shows, as plain data: lessons make it from their runs, the views only draw it.
 *
 * Positions are in the units of the axes; epochs are counted as trained (index + 1), replicas from 1. A figure says at
 * every step the same axes, so that nothing of the answer is given away by them and nothing jumps at the reveal.
 */
import type { Message } from '../../words/messages/message.ts';

/** The colours of the page by what they mean; `run-1` to `run-4` tell runs apart by their dashes as well. */
export type FigureColour =
  ('train' | 'validation' | 'test' | 'bias2' | 'variance' | 'noise' | 'ink') | ('run-1' | 'run-2' | 'run-3' | 'run-4');

export interface FigureAxis {
  label: Message;
  from: number;
  to: number;
  log: boolean;
  /** `epochs` are whole and are scrubbed by arrow keys; `categories` have their names at 1, 2, …. */
  unit: 'epochs' | 'updates' | 'examples' | 'flops' | 'value' | 'share' | 'categories';
  /** For categories. */
  names?: readonly Message[];
}

/** A line from left to right; `x` ascends. NaN leaves a gap. */
export interface FigureLine {
  id: string;
  /** At its end; null for one of many. */
  label: Message | null;
  colour: FigureColour;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** One network of many: hair-thin. */
  thin?: boolean;
  dashed?: boolean;
}

/** A value that holds all over the axis, such as the noise floor. */
export interface FigureLevel {
  label: Message;
  colour: FigureColour;
  y: number;
}

/** A flag on the horizontal axis. */
export interface FigureFlag {
  label: Message;
  x: number;
  /** `you` is what the reader said, `best` known in hindsight, `rule` what a rule does. */
  kind: 'you' | 'best' | 'rule';
}

/** The cost as a mark: a bar with serifs on the error scale, from the best to what was chosen. */
export interface CostBar {
  x: number;
  from: number;
  to: number;
  label: Message;
}

/** A stretch of the horizontal axis, such as the epochs that cannot be told apart from the best. */
export interface FigureSpan {
  label: Message;
  from: number;
  to: number;
}

interface Titled {
  /** Unique in its step; observations, predictions and words refer to it. */
  id: string;
  title: Message;
  /** Behind the title: the unit, where it is cut off. */
  note: Message | null;
}

interface Plotted extends Titled {
  x: FigureAxis;
  y: FigureAxis;
  flags: readonly FigureFlag[];
  spans: readonly FigureSpan[];
  bar: CostBar | null;
  /** A second scale above the first, such as λ = 1/(2·rate·epoch) over the epochs. */
  above?: { label: Message; ticks: readonly { x: number; text: string }[] };
}

/** Learning curves and whatever else is drawn as lines. */
export interface LinesFigure extends Plotted {
  kind: 'lines';
  lines: readonly FigureLine[];
  levels: readonly FigureLevel[];
  /** Single points, such as each run's own stop. */
  dots: readonly FigureDot[];
  /** The part right of it is not known yet: washed. Null where all is. */
  coveredFrom: number | null;
}

/** The error at every epoch taken apart: noise, bias², variance, one upon the other. */
export interface AreasFigure extends Plotted {
  kind: 'areas';
  /** From the axis up; `y` is the thickness. */
  areas: readonly FigureLine[];
  coveredFrom: number | null;
}

export interface FigureDot {
  x: number;
  y: number;
  colour: FigureColour;
  /** For the table twin and on hover. */
  label: Message;
  hollow?: boolean;
}

/** One dot for each network on the horizontal axis, piled up where they meet. */
export interface DotsFigure extends Titled {
  kind: 'dots';
  x: FigureAxis;
  /** One strip below the other; `values[r]` is NaN where replica r has none. */
  strips: readonly { label: Message; colour: FigureColour; values: ArrayLike<number> }[];
  flags: readonly FigureFlag[];
  spans: readonly FigureSpan[];
}

/** Upright bars in groups, with their standard errors. */
export interface BarsFigure extends Titled {
  kind: 'bars';
  y: FigureAxis;
  groups: readonly { label: Message; bars: readonly FigureBar[] }[];
  levels: readonly FigureLevel[];
}
export interface FigureBar {
  label: Message;
  colour: FigureColour;
  value: number;
  se: number | null;
}

/** Cards that stand side by side to be chosen from; `rows` of all cards have the same labels. */
export interface CardsFigure extends Titled {
  kind: 'cards';
  cards: readonly { label: Message; rows: readonly { label: Message; value: Message; strong?: boolean }[] }[];
}

/** What networks make of one input: the truth, the points of one of them, the fits. */
export interface FitFigure extends Titled {
  kind: 'fit';
  x: FigureAxis;
  y: FigureAxis;
  truth: FigureLine | null;
  points: { x: ArrayLike<number>; y: ArrayLike<number> };
  fits: readonly FigureLine[];
}

/** Values over two axes, as a map of cells. */
export interface MapFigure extends Titled {
  kind: 'map';
  x: FigureAxis;
  y: FigureAxis;
  xs: readonly number[];
  ys: readonly number[];
  /** `[ys, xs]`, row by row; NaN where nothing is known. */
  values: Float64Array;
  /** What the values are. */
  quantity: Message;
  places: readonly { label: Message; x: number; y: number; kind: FigureFlag['kind'] }[];
}

export type Figure = LinesFigure | AreasFigure | DotsFigure | BarsFigure | CardsFigure | FitFigure | MapFigure;

/** The small picture of the list of lessons: lines and areas between 0 and 1 in both directions, y upwards. */
export interface Sketch {
  areas: readonly { colour: FigureColour; top: readonly number[] }[];
  lines: readonly { colour: FigureColour; y: readonly number[]; thin?: boolean }[];
  flags: readonly { kind: FigureFlag['kind']; x: number }[];
}
