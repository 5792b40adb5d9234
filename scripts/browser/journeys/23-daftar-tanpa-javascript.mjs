// The same without the script: every step of working with a list is a link or a form.
import { lists } from '../lib/lists.mjs';

export const name = 'lists are filtered, sorted, kept as a view, ticked off together and taken back without JavaScript';
export const javaScript = false;
export const run = (journey) => lists(journey, 'penataan ruang');
