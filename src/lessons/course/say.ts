/** @file Messages that several lessons say, and numbers as they say them. */
import type { Estimate } from '../../decomposition/estimate.ts';
import type texts from '../../words/messages/en/course.ts';
import { sayIn } from '../../words/messages/message.ts';
import { plusMinus, signed } from '../../words/numbers.ts';

export const COURSE_CATALOGUE = 'course';
export const sayInCourse = sayIn<typeof texts>(COURSE_CATALOGUE);

/** `0.015 ± 0.010`, by its size. */
export const sizeOfCost = ({ value, se }: Estimate): string => plusMinus(Math.abs(value), se);
/** `+0.015 ± 0.010`. */
export const signedCost = ({ value, se }: Estimate): string => plusMinus(value, se, signed);
