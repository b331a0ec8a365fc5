/** @file The lesson "Are these the same five epochs?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';
import { sameEpochs } from './same-epochs.ts';
import { SAME_EPOCHS_EFFECTS } from './same-epochs.testing.ts';

const guesses = { best: { kind: 'choice', option: 'full' } } as const;

describe('are these the same five epochs?', async () => {
  const runs = await trainAll(sameEpochs.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(sameEpochs, runs, guesses);
  });

  it.each(SEEDS)('the ranking turns round with the unit, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(sameEpochs.experiments, seed);
    expectEffects(SAME_EPOCHS_EFFECTS, trained, seed);
    expect(sameEpochs.observation.right(sceneOf(trained))).toBe('falling');
  });

  it('says what a batch costs', () => {
    const answer = sameEpochs.answer(sceneOf(runs, guesses));
    const [, four, full] = runs.map((run) => run.outcomeNow().stop.decomposition!.error);
    expect(answer).toMatchObject({ said: 'batch full', truth: 'batch 4' });
    expect(answer.cost!.estimate.value).toBeCloseTo(full! - four!, 10);
  });

  it('ticks a task when it is done', () => {
    const [patience, axis] = sameEpochs.try.tasks;
    const at = (hand: object) => patience!.done(sceneOf(runs, {}, { hand }));
    expect([at({ run: 3, patience: 100 }), at({ run: 3, patience: 10 }), at({ run: 1, patience: 100 })]).toEqual([
      true,
      false,
      false,
    ]);
    const ahead = (['epochs', 'updates', 'examples'] as const).filter((name) =>
      axis!.done(sceneOf(runs, {}, { hand: { axis: name } })),
    );
    expect(ahead).toEqual(['updates']);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(sameEpochs)).toBe('nothing');
  });
});
