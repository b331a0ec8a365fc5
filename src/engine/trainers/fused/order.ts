/** @file The order of an epoch in WGSL: the shuffle of batches.ts, bit by bit. */
import { purpose } from './random.ts';

/**
 * `shuffle` writes the order of one replica and epoch to `order`, from `cards` on; the words stand behind it. Words are
 * made side by side, the cards are swapped one after the other, in workgroup memory where they fit.
 */
export const SHUFFLE_WGSL = (deck: boolean, lanes: number): string => /* wgsl */ `
fn shuffle(lane: u32, cards: u32, replica: u32, epoch: u32) {
  let n = run.trainSize;
  let words = cards + n;
  let blocks = (n + 3) / 4;
  for (var b = lane; b < blocks; b += ${lanes}) {
    let four = philox(b, epoch, replica, ${purpose('order')});
    for (var i = 0u; i < 4; i++) { order[words + 4 * b + i] = four[i]; }
  }
  for (var i = lane; i < n; i += ${lanes}) { ${deck ? 'deck[i]' : 'order[cards + i]'} = i; }
  barrier();
  if (lane == 0) {
    var next = 0u;
    for (var i = n - 1; i > 0; i--) {
      // Words beyond the last whole multiple of i + 1 are drawn again.
      let over = (0xffffffffu % (i + 1) + 1) % (i + 1);
      var word = 0u;
      loop {
        word = order[words + min(next, 4 * blocks - 1)];
        // A loop, since SwiftShader runs through both sides of a branch.
        for (var beyond = next >= 4 * blocks; beyond; beyond = false) {
          word = philox(next / 4, epoch, replica, ${purpose('order')})[next % 4];
        }
        next++;
        if (over == 0 || word <= 0xffffffffu - over) { break; }
      }
      let j = word % (i + 1);
      ${deck ? 'let kept = deck[i]; deck[i] = deck[j]; deck[j] = kept;' : 'let kept = order[cards + i]; order[cards + i] = order[cards + j]; order[cards + j] = kept;'}
    }
  }
  barrier();
  ${deck ? `for (var i = lane; i < n; i += ${lanes}) { order[cards + i] = deck[i]; }\n  barrier();` : ''}
}
`;
