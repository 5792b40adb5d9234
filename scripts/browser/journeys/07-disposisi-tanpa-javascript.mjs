// The whole chain of an order in a browser that runs no script at all.
import { run as chain } from './06-disposisi.mjs';

export const name = 'a letter is directed, ordered, reported on and closed without JavaScript';
export const javaScript = false;

export const run = chain;
