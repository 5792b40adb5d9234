// What travels over the line: the first page with everything it needs, and then a list.
import assert from 'node:assert/strict';
import { Visitor } from '../lib/routes.mjs';
import { logIn } from '../lib/steps.mjs';

// Letters of an office, and for whoever may see them all its people: a full page of fifty.
const LISTS = ['/eoffice/surat-masuk', '/identity/orang'];

export const name = 'the first page takes at most 60 KiB over the line, a list after it at most 20 KiB';

export async function run({ page: watched, base, accounts }) {
  // A context of its own: where requests are watched as in the other journeys, the browser keeps nothing for the next page; what a worker of ours
  // gives would not be counted.
  const context = await watched.context().browser().newContext({ locale: 'id-ID', serviceWorkers: 'block' });
  try {
    await measure(await context.newPage(), context, base, accounts);
  } finally {
    await context.close();
  }
}

async function measure(page, context, base, accounts) {
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  let bytes = 0;
  line.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  const taken = async (path) => {
    bytes = 0;
    await page.goto(base + path, { waitUntil: 'networkidle' });
    return bytes;
  };
  const first = await taken('/masuk');
  assert.ok(first > 5_000, `only ${first} bytes were counted`);
  assert.ok(first <= 60 * 1024, `the first page takes ${first} bytes`);
  // Whoever has the longest list: an empty one would prove nothing.
  let longest = { rows: 0 };
  for (const account of accounts) {
    const visitor = await new Visitor(base, account).logIn();
    for (const address of LISTS) {
      const { text } = await visitor.read(address);
      const rows = text.split('<tr').length - 2;
      if (rows > longest.rows) longest = { rows, account, address };
    }
  }
  assert.ok(longest.rows >= 20, `the longest list has ${longest.rows} rows`);
  await logIn(page, base, longest.account);
  const list = await taken(longest.address);
  assert.ok(list <= 20 * 1024, `the list takes ${list} bytes`);
  const home = await taken('/');
  assert.ok(home <= 20 * 1024, `the start page takes ${home} bytes`);
  console.log(`  first page ${first} bytes, list of ${longest.rows} ${list} bytes, start page ${home} bytes`);
}
