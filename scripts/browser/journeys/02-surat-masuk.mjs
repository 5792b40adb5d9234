// The thread: register an incoming letter with its scan, see it in the list, open it, read its trail.
import { thread } from '../lib/steps.mjs';

export const name = 'an incoming letter is registered, listed, opened and traced';
export const engines = ['sqlite', 'postgres'];

export const run = thread;
