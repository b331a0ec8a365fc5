/** @file A jump: no smooth network can follow it exactly, so bias stays beside the jump. */
import { line } from '../lines.ts';

export const dataset = line({
  id: 'step',
  label: 'step',
  about: 'A jump from −1 to 1: smooth networks err beside it however long they train.',
  short: '−1 then 1',
  low: 0,
  high: 1,
  f: (x) => (x < 0.5 ? -1 : 1),
  suggested: {},
});
