/** @file What a reader may be asked to predict, and the plain data of what was said. */
import type { Message } from '../../words/messages/message.ts';
import type { FigureAxis, FigureColour } from './figure.ts';

interface Asked {
  id: string;
  /** What to do, as a line of the list of moves. */
  ask: Message;
  /** The figure in which it is said; null for what is said in the text. */
  figure: string | null;
}

export interface PredictionOption {
  id: string;
  label: Message;
}

export type Prediction = Asked &
  (
    | {
        kind: 'flag';
        from: number;
        to: number;
        /** Where it stands before it is moved; it names no answer. */
        parked: number;
      }
    /** Drawn from where what is known ends to the end of the axis. */
    | { kind: 'curve'; colour: FigureColour; from: number; to: number; bottom: number; top: number }
    /** Where all dots lie; `dots` of them. */
    | { kind: 'range'; from: number; to: number; dots: number }
    | {
        kind: 'number';
        from: number;
        to: number;
        step: number;
        log: boolean;
        unit: Message;
        /** The axis of the figure on which it stands; null without a figure. */
        along: 'x' | 'y' | null;
      }
    | { kind: 'choice'; options: readonly PredictionOption[] }
    /** All options in an order, the first being what `ask` says. */
    | { kind: 'order'; options: readonly PredictionOption[] }
    | { kind: 'place'; x: FigureAxis; y: FigureAxis }
  );
export type PredictionKind = Prediction['kind'];

/** What was said; it is kept in the browser as it is. */
export type Guess =
  | { kind: 'flag'; epoch: number }
  /** The height at every epoch from the first one drawn, without gaps. */
  | { kind: 'curve'; first: number; heights: readonly number[] }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'number'; value: number }
  | { kind: 'choice'; option: string }
  | { kind: 'order'; options: readonly string[] }
  | { kind: 'place'; x: number; y: number };

/** By the prediction's id; what is missing was not predicted. */
export type Guesses = Readonly<Partial<Record<string, Guess>>>;

/** The guess of a kind; undefined where nothing, or something of another kind, was said. */
export function guessOf<K extends PredictionKind>(
  guesses: Guesses,
  id: string,
  kind: K,
): Extract<Guess, { kind: K }> | undefined {
  const guess = guesses[id];
  return guess?.kind === kind ? (guess as Extract<Guess, { kind: K }>) : undefined;
}
