/** @file The tables as they should look. */
import { describe, expect, it } from 'vitest';
import { withDigits, table } from './table.ts';

describe('table', () => {
  it('aligns words to the left and numbers to the right', () => {
    expect(
      table(
        ['who', 'ms'],
        [
          ['a', '1234'],
          ['longer', '5'],
        ],
      ),
    ).toBe(['| who    |   ms |', '| ------ | ---: |', '| a      | 1234 |', '| longer |    5 |'].join('\n'));
  });
});

describe('digits', () => {
  it.each([
    [1234.5, '1235'],
    [99.96, '100'],
    [12.345, '12.3'],
    [0.012345, '0.0123'],
    [2, '2'],
  ])('%f is written %s', (value, text) => expect(withDigits(value)).toBe(text));
});
