// Which pages there are, and a real address for each: the route table of the program and the links of real pages. Pages are read here
// without a browser, because reading a thousand of them takes seconds that way.
import { execFileSync } from 'node:child_process';

const MOST_PAGES = 400; // pages read per account
const PER_PATTERN = 3; // real addresses kept of one pattern
const LEADS_ON = ['/kabar/{id}']; // opens what a notice tells about

// The cookies an answer sets, one line each. The Node.js of Debian 12 gives them joined by commas, of which dates have some, too.
export function setCookies(headers) {
  if (headers.getSetCookie) return headers.getSetCookie();
  return (headers.get('set-cookie') ?? '').split(/,\s*(?=[^;,=\s]+=)/).filter(Boolean);
}

// The GET routes of the program under test.
export function routeTable(binary) {
  const all = JSON.parse(execFileSync(binary, ['module', 'routes', '--json'], { encoding: 'utf8' }));
  if (!Array.isArray(all) || all.length < 5) throw new Error('the program lists no routes');
  // What programs ask with a token is no page.
  return all.filter((route) => route.metode === 'GET' && route.akses !== 'token').map((route) => ({ ...route, parts: route.alamat.split('/') }));
}

// The route an address belongs to: a fixed part wins over a variable one, as in the program.
export function routeOf(routes, pathname) {
  const parts = pathname.split('/');
  const fits = routes.filter((route) => route.parts.length === parts.length && route.parts.every((part, at) => part.startsWith('{') || part === parts[at]));
  return fits.sort((a, b) => a.parts.filter((part) => part.startsWith('{')).length - b.parts.filter((part) => part.startsWith('{')).length)[0];
}

// Somebody with a session, reading pages and sending forms without a browser.
export class Visitor {
  constructor(base, account) {
    this.base = base;
    this.account = account;
    this.name = account ? account.akun : 'publik';
    this.jar = new Map();
  }

  async ask(path, options = {}) {
    const headers = { ...(options.headers ?? {}), cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(new URL(path, this.base), { ...options, headers, redirect: 'manual' });
    for (const line of setCookies(answer.headers)) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  async read(path) {
    const answer = await this.ask(path);
    const type = answer.headers.get('content-type') ?? '';
    const isPage = /html/.test(type);
    const text = isPage || answer.status >= 300 ? await answer.text() : (await answer.arrayBuffer(), '');
    return { status: answer.status, isPage, text, to: answer.headers.get('location') };
  }

  // Sends the first form of a page whose action matches, with its hidden values and what is given.
  async send(page, action, values = {}) {
    const { text } = await this.read(page);
    const form = [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].find(([, head]) => /method="post"/.test(head) && action.test(attribute(head, 'action')));
    if (!form) throw new Error(`${page} as ${this.name} has no form for ${action}`);
    const body = /multipart/.test(form[1]) ? new FormData() : new URLSearchParams();
    for (const [tag] of form[2].matchAll(/<input\b[^>]*>/g)) {
      const type = attribute(tag, 'type');
      const stands = /\svalue="/.test(tag) && !['checkbox', 'radio', 'file'].includes(type);
      if (attribute(tag, 'name') && (stands || (type !== 'file' && /\schecked\b/.test(tag)))) body.set(attribute(tag, 'name'), attribute(tag, 'value'));
    }
    for (const [, tag, options] of form[2].matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
      const chosen = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => option).find((option) => /\sselected\b/.test(option));
      if (chosen) body.set(attribute(tag, 'name'), attribute(chosen, 'value'));
    }
    for (const [name, value] of Object.entries(values)) {
      if (Array.isArray(value)) body.set(name, ...value); // [file, its name]
      else body.set(name, value);
    }
    return this.ask(attribute(form[1], 'action'), { method: 'POST', body });
  }

  // The same, which must be taken: gives the address it leads on to.
  async sent(page, action, values = {}) {
    const answer = await this.send(page, action, values);
    const text = await answer.text();
    if (answer.status !== 303) throw new Error(`${page} as ${this.name} answers ${answer.status}: ${/class="(?:masalah|pesan-judul)[^>]*>([^<]*)/.exec(text)?.[1] ?? ''}`);
    return answer.headers.get('location');
  }

  // The links of a page that match.
  async links(path, pattern) {
    return linksOf((await this.read(path)).text).filter((link) => pattern.test(link));
  }

  async logIn() {
    if (!this.account) return this;
    // Who has a second step keeps the session in which it was set up: a code of the application opens the door once only.
    if (this.account.jar) {
      this.jar = new Map(this.account.jar);
      return this;
    }
    const answer = await this.send('/masuk', /masuk/, { akun: this.account.akun, sandi: this.account.sandi });
    if (answer.status !== 303) throw new Error(`${this.name} cannot log in: ${answer.status}`);
    return this;
  }
}

function attribute(tag, name) {
  return unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescape(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function linksOf(text) {
  return [...new Set([...text.matchAll(/\s(?:href|data-href|src)="(\/[^"#]*)/g)].map(([, href]) => unescape(href)))];
}

// Walks the links of everybody's pages, the first account first. Gives for each route who reached it first and by which addresses:
// a Map of pattern → { route, visitor, addresses, isPage }. Guests are people in the middle of something (a code was sent, an account
// was just made): what they see is looked at first, before their codes run out.
export async function discover({ base, routes, accounts, extra = [], guests = [], log = () => {} }) {
  const reached = new Map();
  const visitors = [];
  for (const { visitor, addresses } of guests) {
    for (const address of addresses) await arrive(visitor, routes, reached, address);
  }
  for (const account of [undefined, ...accounts]) {
    const visitor = await new Visitor(base, account).logIn();
    visitors.push(visitor);
    const before = reached.size;
    const fixed = routes.filter((route) => !route.alamat.includes('{')).map((route) => route.alamat);
    const mine = extra.filter((one) => one.akun === visitor.name).map((one) => one.address);
    await walk(visitor, routes, reached, ['/', ...mine, ...fixed]);
    if (reached.size > before) log(`${visitor.name}: ${reached.size - before} more`);
    if (reached.size === routes.length) break;
  }
  return { reached, visitors };
}

async function walk(visitor, routes, reached, starts) {
  const seen = new Set();
  const queue = [...starts];
  // Of each pattern a few are read: the thousandth letter leads nowhere new.
  const read = new Map();
  let pages = 0;
  while (queue.length && pages < MOST_PAGES) {
    const address = queue.shift();
    if (seen.has(address)) continue;
    seen.add(address);
    const { pathname } = new URL(address, visitor.base);
    const route = routeOf(routes, pathname);
    if (!route) continue;
    const known = reached.get(route.alamat);
    const count = read.get(route.alamat) ?? 0;
    if (count >= PER_PATTERN || (known && known.visitor !== visitor && !known.isPage)) continue;
    read.set(route.alamat, count + 1);
    pages += 1;
    const page = await arrive(visitor, routes, reached, address);
    if (page.to) queue.push(page.to);
    queue.push(...linksOf(page.text).filter((link) => !link.startsWith('//') && !link.startsWith('/aset/')));
  }
}

// Reads one address and notes the route it reached.
async function arrive(visitor, routes, reached, address) {
  const { pathname, search } = new URL(address, visitor.base);
  const route = routeOf(routes, pathname);
  const page = await visitor.read(pathname + search);
  // A route that never shows anything itself has done its work when it leads to a page of the table.
  const leads = LEADS_ON.includes(route?.alamat) && page.status === 303 && routeOf(routes, new URL(page.to, visitor.base).pathname);
  if (route && (page.status === 200 || leads)) {
    const known = reached.get(route.alamat);
    if (!known) reached.set(route.alamat, { route, visitor, addresses: [pathname + search], isPage: page.isPage && !leads });
    else if (known.visitor === visitor && known.addresses.length < PER_PATTERN) known.addresses.push(pathname + search);
  }
  return page;
}
