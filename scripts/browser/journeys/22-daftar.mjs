// Lists as officers work with them: filtered, sorted, with other columns, kept as a view; several rows at once, and taken back.
import { lists } from '../lib/lists.mjs';

export const name = 'lists are filtered, sorted, kept as a view, ticked off together and taken back';
export const run = (journey) => lists(journey, 'pekerjaan umum');
