// The same without the script: a chain of pages that lead on by themselves.
import { measures } from '../lib/ukur.mjs';

export const name = 'the line is measured from step to step without JavaScript';
export const javaScript = false;
export const run = (journey) => measures(journey, false);
