/** @file Names of the units of compute. */
import type { Meter } from '../../rule.ts';
import { fourDigits } from './observer.ts';

export const UNIT_WORDS = {
  epochs: { one: 'epoch', many: 'epochs' },
  updates: { one: 'update', many: 'updates' },
  examples: { one: 'example', many: 'examples' },
  flops: { one: 'FLOP', many: 'FLOPs' },
  seconds: { one: 'second', many: 'seconds' },
} as const satisfies Record<Meter | 'epochs', { one: string; many: string }>;

export type Unit = keyof typeof UNIT_WORDS;

/** `1 update`, `12.5 seconds`; what can be counted one by one in full. */
export function inUnits(amount: number, unit: Unit): string {
  const number = unit === 'flops' || unit === 'seconds' ? fourDigits(amount) : String(amount);
  return `${number} ${UNIT_WORDS[unit][amount === 1 ? 'one' : 'many']}`;
}
