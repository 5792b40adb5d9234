// Every page that was reached, opened in a browser by whoever reached it, at each width.
import { look } from './check.mjs';

export const VIEWS = [{ width: 360, scheme: 'light' }, { width: 1280, scheme: 'dark' }];

// Calls visit({ seen, route, address, visitor, view }) for each page and view. Files and answers for scripts are left out.
export async function eachPage({ browser, reached, views = VIEWS, only }, visit) {
  const wanted = [...reached.values()].filter((one) => one.isPage && (!only || one.route.alamat.includes(only)));
  for (const visitor of new Set(wanted.map((one) => one.visitor))) {
    const mine = wanted.filter((one) => one.visitor === visitor);
    for (const view of views) {
      const seen = await look(browser, visitor, view);
      for (const { route, addresses } of mine) await visit({ seen, route, address: addresses[0], visitor, view });
      await seen.context.close();
    }
  }
}

// The name of a picture of this page at this width.
export function pictureOf(folder, route, width) {
  return `${folder}/${route.alamat.slice(1).replace(/\W+/g, '-') || 'beranda'}-${width}.png`;
}
