// The page an officer opens from the office.
import { measures } from '../lib/ukur.mjs';

export const name = 'an office measures its line at /ukur and sees its way of working';
export const run = (journey) => measures(journey, true);
