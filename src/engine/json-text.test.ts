/** @file What is refused before it is parsed, that nothing else is, and how values are shown. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonTextError, parseJson, shown, shownPath } from './json-text.ts';

const refusal = (text: string, characters?: number) => {
  try {
    parseJson(text, characters);
  } catch (error) {
    expect(error).toBeInstanceOf(JsonTextError);
    return (error as Error).message;
  }
  return null;
};
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('any value comes back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('any text is read as JSON.parse reads it, or refused with one kind of error', () => {
  const piece = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '1', 'null', '\\', 'a', ' ');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        if (refusal(text) === null) expect(parseJson(text)).toEqual(JSON.parse(text));
        else expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
      },
    ),
  );
});

test('brackets are counted where they are brackets', () => {
  expect(refusal(nested(64))).toBeNull();
  expect(refusal(nested(65))).toContain('64 brackets');
  expect(refusal('{"a":'.repeat(100_000))).toContain('64 brackets');
  expect(parseJson(JSON.stringify(`\\"${'['.repeat(1000)}`))).toBe(`\\"${'['.repeat(1000)}`);
});

test('a long text is refused by its length, whatever it holds', () => {
  expect(refusal(`"${'x'.repeat(2 ** 20)}"`)).toMatch(/at most 1048576 characters, not 1048578; shorten it/);
  expect(refusal('[1]', 2)).toMatch(/at most 2 characters/);
});

test.each([
  [undefined, 'nothing'],
  [3, '3'],
  ['a"b', '"a\\"b"'],
  [{ a: [1] }, '{"a":[1]}'],
  [12n, 'a value that JSON has no words for'],
])('%s is shown as %s', (value, words) => {
  expect(shown(value)).toBe(words);
});

test('what is long is cut, and what has no end is said', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(shown(circle)).toBe('a value that JSON has no words for');
  expect(shown('x'.repeat(50_000_000))).toBe(`"${'x'.repeat(79)}…`);
  expect(shown(Array.from({ length: 1000 }, () => 1))).toHaveLength(81);
  expect(shownPath('a.'.repeat(9000))).toHaveLength(81);
  expect(shownPath('data.source')).toBe('data.source');
});
