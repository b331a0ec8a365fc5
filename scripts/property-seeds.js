/** @file Which seeds the property tests take: the repository's own, or those of the environment. */

/** The seed of `npm test`: the same cases on every machine, so that no test fails by luck. */
const SEED = 20_261_101;

/**
 * `PATIENCE_SEED` holds one or more whole numbers with commas between them; a property test runs once with each.
 * @param {string | undefined} asked
 * @returns {number[]}
 */
export function propertySeeds(asked) {
  if (asked === undefined) return [SEED];
  const seeds = asked.split(',').map((seed) => (/^-?\d+$/.test(seed.trim()) ? Number(seed) : NaN));
  if (!seeds.every((seed) => seed === (seed | 0))) {
    throw new Error(
      `PATIENCE_SEED is "${asked}": give whole numbers of 32 bits with commas between them, or leave it out.`,
    );
  }
  return seeds;
}

/** Runs once before all tests of a run, by `globalSetup`. */
export function setup() {
  const seeds = propertySeeds(process.env.PATIENCE_SEED);
  const [first] = seeds;
  const told = seeds.length === 1 ? `seed ${first}` : `${seeds.length} seeds, the first ${first}`;
  console.log(`Property tests: ${told} (PATIENCE_SEED asks for others, npm run fuzz draws them)`);
}
