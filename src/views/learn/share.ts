/** @file Copies the link to a lesson. */
import { addressOf } from '../../session/address.ts';
import { doorPlaceOf, type LearnPlace } from '../../session/learn/lesson-place.ts';
import { notices } from '../../session/notices.svelte.ts';

export const linkOf = (place: LearnPlace): string => new URL(addressOf(doorPlaceOf(place)), location.href).href;

export const shareLesson = (place: LearnPlace) => notices.copy(linkOf(place), 'The link to this lesson was copied.');
