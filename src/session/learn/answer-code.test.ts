/** @file Answer codes: what is written is read, and one wrong character is noticed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerCodeOf, readAnswer, writeAnswer } from './answer-code.ts';

const CODE = { said: 'stop 140', cost: 0.015, lesson: 1, draw: 7, read: null };

it('is written as people read it', () => {
  expect(writeAnswer(CODE)).toMatch(/^stop 140 · cost \+0\.015 · lesson 1 · draw 7 · [0-9a-f]{2}$/);
});

it('is read back, whatever stands before it', () => {
  const codes = fc.record({
    said: fc.integer({ min: 1, max: 400 }).map((n) => `stop ${n}`),
    cost: fc.integer({ min: -999, max: 999 }).map((n) => n / 1000),
    lesson: fc.integer({ min: 1, max: 12 }),
    draw: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    read: fc.constantFrom(true, false, null),
  });
  fc.assert(
    fc.property(codes, fc.stringMatching(/^[A-Z][a-z]{0,8}$/), (code, name) => {
      expect(readAnswer(`${name}: ${writeAnswer(code)}`)).toEqual({ ok: true, answer: code });
    }),
  );
});

it('one wrong digit is noticed, and what is no answer is refused', () => {
  const written = writeAnswer(CODE);
  expect(readAnswer(written.replace('140', '141'))).toEqual({ ok: false, problem: 'digits' });
  expect(readAnswer(written.replace('draw 7', 'draw 8'))).toEqual({ ok: false, problem: 'digits' });
  expect(readAnswer('I would stop at 140')).toEqual({ ok: false, problem: 'form' });
});

it('there is none without a prediction', () => {
  expect(answerCodeOf({ said: null, cost: null }, { lesson: 1, draw: 7, read: null })).toBeNull();
});
