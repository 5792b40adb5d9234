// The same thread in a browser that runs no script at all.
import { thread } from '../lib/steps.mjs';

export const name = 'an incoming letter is registered without JavaScript';
export const javaScript = false;

export const run = thread;
