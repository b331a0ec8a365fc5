/** @file A reader's answer as one line of text: `stop 140 · cost +0.015 · lesson 1 · draw 7 · 7c`; written and read. */
import type { CourseAnswer } from '../../lessons/course/lesson.ts';
import { signed } from '../../words/numbers.ts';

export interface AnswerCode {
  /** Such as `stop 140`. */
  said: string;
  cost: number;
  /** The lesson's number, from 1. */
  lesson: number;
  draw: number;
  /** Whether the figure was read rightly at the first look; null where it was not asked, or passed over. */
  read: boolean | null;
}

const SIGN = ' · ';

/** Of what came of a prediction; null without one. */
export function answerCodeOf(
  { said, cost }: Pick<CourseAnswer, 'said' | 'cost'>,
  where: Pick<AnswerCode, 'lesson' | 'draw' | 'read'>,
): AnswerCode | null {
  return said === null || cost === null ? null : { said, cost: cost.estimate.value, ...where };
}

export function writeAnswer({ said, cost, lesson, draw, read }: AnswerCode): string {
  const parts = [said, `cost ${signed(cost)}`, `lesson ${lesson}`, `draw ${draw}`];
  if (read !== null) parts.push(`read ${read ? 'right' : 'wrong'}`);
  const text = parts.join(SIGN);
  return `${text}${SIGN}${checkDigits(text)}`;
}

/** Two hexadecimal digits that a typo changes: a sum of the characters, each weighted by its place. */
export function checkDigits(text: string): string {
  let sum = 0;
  for (const [i, character] of [...text].entries()) sum = (sum + (i + 1) * character.codePointAt(0)!) % 251;
  return sum.toString(16).padStart(2, '0');
}

export type ReadAnswer = { ok: true; answer: AnswerCode } | { ok: false; problem: 'form' | 'digits' };

const FORM =
  /([a-z]+ [^\s·]+) · cost ([+−-]?[\d.]+) · lesson (\d+) · draw (\d+)(?: · read (right|wrong))? · ([0-9a-f]{2})\s*$/;

/** Text before the answer, such as a name, is left out. */
export function readAnswer(line: string): ReadAnswer {
  const found = FORM.exec(line.replace(/\u00a0/g, ' '));
  if (!found) return { ok: false, problem: 'form' };
  const [whole, said, cost, lesson, draw, read, digits] = found;
  const text = whole.trimEnd().slice(0, -(SIGN.length + 2));
  if (checkDigits(text) !== digits) return { ok: false, problem: 'digits' };
  return {
    ok: true,
    answer: {
      said: said!,
      cost: Number(cost!.replace('−', '-').replace('+', '')),
      lesson: Number(lesson),
      draw: Number(draw),
      read: read === undefined ? null : read === 'right',
    },
  };
}
