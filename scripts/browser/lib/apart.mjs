// A phone apart: a network namespace with a line of its own to this machine, a name for it, and a Chromium that was taught, or not, to
// trust an authority. The line can be cut. Needs root, `ip` (iproute2) and `certutil` (libnss3-tools).
//
//   const phone = await apart({ name: 'praja.contohkab.go.id', chromium });   why not, as phone.lacks
//   phone.here                       the address of this machine on that line; a program must listen there
//   const context = await phone.browser({ trusts: 'otoritas.pem' })           a persistent context, kept in its own folder
//   phone.cut(); phone.mend(); phone.deafen(); phone.hear(); await phone.end()
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as engine } from 'playwright-core';

const HERE = '10.77.31.1';
const THERE = '10.77.31.2';

const quiet = (program, ...words) => execFileSync(program, words, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const has = (program) => {
  try {
    quiet('sh', '-c', `command -v ${program}`);
    return true;
  } catch {
    return false;
  }
};

/** Makes the namespace and its line. Comes back with `lacks` when this machine cannot. */
export async function apart({ name, chromium }) {
  if (process.getuid() !== 0) return { lacks: 'a network namespace needs root' };
  for (const program of ['ip', 'certutil']) if (!has(program)) return { lacks: `${program} is not installed` };
  const space = `praja-${process.pid}`;
  const [near, far] = [`pra${process.pid % 100000}n`, `pra${process.pid % 100000}f`];
  const folder = mkdtempSync(join(tmpdir(), 'praja-apart-'));
  const hosts = `/etc/netns/${space}`;
  const undo = () => {
    for (const words of [['route', 'del', 'blackhole', `${THERE}/32`], ['link', 'del', near], ['netns', 'del', space]]) {
      try { quiet('ip', ...words); } catch { /* was not there */ }
    }
    rmSync(hosts, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    quiet('ip', 'netns', 'add', space);
    quiet('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space);
    quiet('ip', 'addr', 'add', `${HERE}/30`, 'dev', near);
    quiet('ip', 'link', 'set', near, 'up');
    for (const words of [['addr', 'add', `${THERE}/30`, 'dev', far], ['link', 'set', far, 'up'], ['link', 'set', 'lo', 'up']]) quiet('ip', '-n', space, ...words);
    // `ip netns exec` lays the files of this folder over /etc.
    mkdirSync(hosts, { recursive: true });
    writeFileSync(join(hosts, 'hosts'), `127.0.0.1 localhost\n${HERE} ${name}\n`);
    writeFileSync(join(hosts, 'resolv.conf'), '');
  } catch (error) {
    undo();
    return { lacks: `no network namespace here (${String(error.stderr ?? error).trim().split('\n')[0]})` };
  }
  const open = [];
  let count = 0;
  return {
    here: HERE,
    name,
    /** A browser in the namespace. `trusts` is the PEM file of an authority its owner was taught to trust. */
    async browser({ trusts } = {}) {
      const home = join(folder, `home-${count += 1}`);
      const store = join(home, '.pki/nssdb');
      mkdirSync(store, { recursive: true });
      quiet('certutil', '-N', '-d', `sql:${store}`, '--empty-password');
      if (trusts) quiet('certutil', '-A', '-d', `sql:${store}`, '-n', 'otoritas', '-t', 'C,,', '-i', trusts);
      // Playwright talks with the browser through a pipe, which a namespace does not cut.
      const wrapper = join(home, 'chromium');
      writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${space} env HOME='${home}' '${chromium}' "$@"\n`, { mode: 0o755 });
      const context = await engine.launchPersistentContext(join(home, 'profile'), {
        executablePath: wrapper,
        viewport: { width: 360, height: 740 },
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      });
      open.push(context);
      return context;
    },
    cut() { quiet('ip', '-n', space, 'link', 'set', far, 'down'); },
    // What the phone sends arrives, and no answer comes back.
    deafen() { quiet('ip', 'route', 'add', 'blackhole', `${THERE}/32`); },
    hear() { quiet('ip', 'route', 'del', 'blackhole', `${THERE}/32`); },
    mend() { quiet('ip', '-n', space, 'link', 'set', far, 'up'); },
    async end() {
      for (const context of open) await context.close().catch(() => {});
      undo();
    },
  };
}
