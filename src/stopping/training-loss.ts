/** @file What is said where a rule watches the training loss and keeps the weights of its best epoch. */

/** Libraries average it over the updates of the epoch, or take it before them. */
export const AFTER_ITS_UPDATES =
  'The weights kept are those after the updates of the best epoch; its training loss was measured before them.';
