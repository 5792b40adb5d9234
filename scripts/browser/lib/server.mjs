// The program under test: a portable install in a temporary folder, started and stopped as a trainer would.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Accounts on the cards of a training, beside those of the demo.
export const CARDS = 'kartu-akun.csv';
const READY_WITHIN_MS = 180_000; // first start on a slow, shared machine; the figure a user notices is measured elsewhere
const STOPPED_WITHIN_MS = 15_000;

// Starts `praja try` and waits until it is ready. `database`: a PostgreSQL URL, or nothing for the embedded engine.
export async function start({ binary, database }) {
  const folder = mkdtempSync(join(tmpdir(), 'praja-browser-'));
  const root = join(folder, 'box');
  const port = await freePort();
  const words = ['try', '--root', root, '--port', String(port), '--yes'];
  if (database) words.push('--database', database);
  return begin({ binary, words, folder, root, base: `http://127.0.0.1:${port}` });
}

// An installation as `praja try` leaves it, then served by `praja serve` with other settings. `overlay(port)` gives praja.local.yaml,
// `ready(port)` an address that answers.
export async function serveWith({ binary, overlay, ready }) {
  const { folder, root, stop } = await start({ binary });
  await stop({ keep: true });
  const port = await freePort();
  writeFileSync(join(root, 'config/praja.local.yaml'), overlay(port));
  return begin({ binary, words: ['serve', '--config', join(root, 'config/praja.yaml')], folder, root, base: ready(port) });
}

async function begin({ binary, words, folder, root, base }) {
  const child = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  const output = [];
  let code = null;
  let signal = null;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => output.push(piece.toString()));
  child.on('error', (cause) => { code = -1; output.push(String(cause)); });
  child.on('exit', (exitCode, exitSignal) => { code = exitCode; signal = exitSignal; });
  const gone = () => code !== null || signal !== null;
  const said = () => output.join('').split('\n').slice(-40).map((line) => `    | ${line}`).join('\n');
  const remove = () => rmSync(folder, { recursive: true, force: true });

  try {
    await waitReady(base, gone);
    return { base, folder, root, accounts: readAccounts(join(root, 'akun-demo.csv')), cards: readAccounts(join(root, CARDS)), stop, kill };
  } catch (cause) {
    kill();
    throw new Error(`${cause.message}\n${said()}`);
  }

  // Ctrl-C, as documented to the user. Throws when the program does not end cleanly. With `keep` the installation stays.
  async function stop({ keep } = {}) {
    try {
      if (gone()) throw new Error(`the program had ended before it was stopped (code ${code}, signal ${signal})\n${said()}`);
      child.kill('SIGINT');
      for (const until = Date.now() + STOPPED_WITHIN_MS; !gone() && Date.now() < until;) await sleep(50);
      if (!gone()) throw new Error(`the program still runs ${STOPPED_WITHIN_MS / 1000} s after Ctrl-C\n${said()}`);
      if (code !== 0) throw new Error(`Ctrl-C ended with code ${code}, signal ${signal}\n${said()}`);
    } finally {
      kill({ keep });
    }
  }

  function kill({ keep } = {}) {
    if (!gone()) child.kill('SIGKILL');
    if (!keep) remove();
  }
}

async function waitReady(base, gone) {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (gone()) throw new Error('the program ended before it was ready');
    try {
      if ((await fetch(`${base}/readyz`)).ok) return;
    } catch {
      // nobody listens yet
    }
    await sleep(100);
  }
  throw new Error(`/readyz did not answer 200 within ${READY_WITHIN_MS / 1000} s`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// The demo accounts: an array of {nama, jabatan, opd, akun, sandi}.
export function readAccounts(file) {
  if (!existsSync(file)) throw new Error(`no account list at ${file}`);
  const [head, ...rows] = parseCsv(readFileSync(file, 'utf8'));
  const accounts = rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? ''])));
  for (const column of ['nama', 'jabatan', 'opd', 'akun', 'sandi']) {
    if (!head.includes(column)) throw new Error(`the account list has no column ${column}: ${head.join(', ')}`);
  }
  return accounts;
}

// RFC 4180: quotes around a field, doubled inside it.
export function parseCsv(text) {
  const rows = [[]];
  let field = '';
  let quoted = false;
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (quoted) {
      if (char !== '"') field += char;
      else if (source[at + 1] === '"') { field += '"'; at += 1; } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') { rows.at(-1).push(field); field = ''; }
    else if (char === '\n') { rows.at(-1).push(field); field = ''; rows.push([]); }
    else field += char;
  }
  rows.at(-1).push(field);
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}
