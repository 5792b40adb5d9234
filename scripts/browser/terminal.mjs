#!/usr/bin/env node
// Pictures of the program on a terminal of 80 columns and 24 lines, with colour and with NO_COLOR; see scripts/pictures.
//
//   node scripts/browser/terminal.mjs --binary target/debug/praja --chromium FILE --to DIR
//
// Somebody types into tmux; what the screen shows is drawn by Chromium. A line that is wider than the screen, and a screen that does not
// come, fail.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as engine } from 'playwright-core';

const { values } = parseArgs({ options: { binary: { type: 'string' }, chromium: { type: 'string' }, to: { type: 'string' } } });
const COLUMNS = 80;
const LINES = 24;
const PATIENCE = 60_000;
const COLOURS = ['#000', '#f2777a', '#99cc99', '#ffcc66', '#6699cc', '#cc99cc', '#66cccc', '#ddd'];

const folder = mkdtempSync(join(tmpdir(), 'praja-terminal-'));
const socket = `praja-${process.pid}`;
const tmux = (...words) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...words], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const browser = await engine.launch({ executablePath: values.chromium, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 620, height: 408 }, deviceScaleFactor: 1 });
mkdirSync(values.to, { recursive: true });
// A server without a session ends, and would still be ending when the next one begins.
tmux('new-session', '-d', '-s', 'tetap', 'sleep 900');
let taken = 0;
const failed = [];

const plain = () => tmux('capture-pane', '-p', '-t', 'p');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function awaits(text) {
  const began = Date.now();
  while (!plain().includes(text)) {
    if (Date.now() - began > PATIENCE) throw new Error(`"${text}" does not come:\n${plain()}`);
    await pause(50);
  }
  await pause(150);
}

function start(words, more = {}) {
  const given = Object.entries({ PRAJA_PERINTAH: 'praja', TERM: 'screen-256color', ...more }).map(([name, value]) => `${name}=${value}`);
  // The shell stays, so that the last screen can be seen.
  tmux('new-session', '-d', '-s', 'p', '-x', String(COLUMNS), '-y', String(LINES), '-c', folder, 'env', ...given, 'sh', '-c', `${words}; exec sleep 600`);
}

const types = (text) => tmux('send-keys', '-t', 'p', '-l', text);
const enter = () => tmux('send-keys', '-t', 'p', 'Enter');
const ends = () => tmux('kill-session', '-t', 'p');

/** What tmux says of a screen, as HTML: bold and the eight colours are all that the program uses. */
function drawn(screen) {
  let [open, out] = ['', ''];
  for (const part of screen.split(/(\x1b\[[0-9;]*m)/)) {
    const code = part.match(/^\x1b\[([0-9;]*)m$/);
    if (!code) {
      out += part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/[\x00-\x08\x0e-\x1f]/g, '');
      continue;
    }
    let style = '';
    for (const number of code[1].split(';').map(Number)) {
      if (number === 1) style += 'font-weight:bold;';
      if (number >= 30 && number <= 37) style += `color:${COLOURS[number - 30]};`;
    }
    out += (open ? '</span>' : '') + (style ? `<span style="${style}">` : '');
    open = style;
  }
  return out + (open ? '</span>' : '');
}

async function picture(name) {
  const lines = plain().split('\n');
  if (lines.some((line) => [...line].length > COLUMNS)) failed.push(`${name}: a line is wider than ${COLUMNS}`);
  const screen = drawn(tmux('capture-pane', '-e', '-p', '-t', 'p')).split('\n').slice(0, LINES).join('\n');
  await page.setContent(`<body style="margin:0;background:#1d1f21;color:#ddd"><pre style="margin:12px;font:12px/16px 'DejaVu Sans Mono',monospace">${screen}</pre>`);
  await page.screenshot({ path: resolve(values.to, `${name}.png`) });
  taken += 1;
}

async function installing(more, end) {
  start(`${resolve(values.binary)} install --portable --root kotak${end} --alamat 127.0.0.1:7529`, more);
}

try {
  for (const [end, more] of [['', {}], ['-tanpa-warna', { NO_COLOR: '1' }]]) {
    await installing(more, end);
    await awaits('Wilayah:');
    await picture(`pasang-wilayah${end}`);
    types('Manggarai');
    enter();
    await awaits('ketik lagi');
    await picture(`pasang-pilih-wilayah${end}`);
    enter();
    await awaits('Modul yang dinyalakan');
    await picture(`pasang-modul${end}`);
    enter();
    await awaits('Cara enkripsi');
    await picture(`pasang-enkripsi${end}`);
    enter();
    await awaits('Alamat publik');
    enter();
    await awaits('Tempat kedua cadangan');
    enter();
    await awaits('Lanjutkan pemasangan?');
    await picture(`pasang-rencana${end}`);
    types('ya');
    enter();
    await awaits('Perintah berikutnya');
    await picture(`pasang-selesai${end}`);
    ends();
    start(`${resolve(values.binary)} assess --quick --yes`, more);
    await awaits('Perintah berikutnya');
    await picture(`menilai${end}`);
    ends();
    start(`${resolve(values.binary)} doctor --config kotak${end}/config/praja.yaml`, more);
    await awaits('Perintah berikutnya');
    await picture(`doctor${end}`);
    ends();
  }
} catch (error) {
  failed.push(String(error.message ?? error));
} finally {
  try { tmux('kill-server'); } catch { /* it has ended */ }
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const line of failed) console.error(`FAILED ${line}`);
console.log(`pictures: ${taken} taken, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
