// Two hundred citizens who apply at once: each from an address of its own (127.0.0.x), with its own cookies, from the first step to the sent
// application. Prints "p95 MS, failures N, requests N". For scripts/bench.
//
// Usage: node scripts/browser/pemohon.mjs --url http://127.0.0.1:7417 [--orang 200]
import http from 'node:http';

const option = (name, otherwise) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? otherwise : process.argv[at + 1]; };
const base = new URL(option('url', 'http://127.0.0.1:7400'));
const people = Number(option('orang', '200'));
const times = [];
let failures = 0;

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** One browser: keeps cookies, sends from its own address. */
class Citizen {
  constructor(number) {
    this.number = number;
    this.address = `127.0.${1 + (number >> 8)}.${1 + (number & 255) % 250}`;
    this.cookies = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  ask(method, path, body, type) {
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
      if (body) { headers['content-type'] = type; headers['content-length'] = Buffer.byteLength(body); headers.origin = base.origin; }
      const request = http.request({ host: base.hostname, port: base.port, path, method, headers, localAddress: this.address, agent: this.agent }, (answer) => {
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [name, value] = line.split(';')[0].split(/=(.*)/s);
          this.cookies.set(name, value);
        }
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          times.push(performance.now() - begun);
          resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString(), to: answer.headers.location });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Hidden fields of the form of a page that is sent to `action`. */
  async hidden(page, action) {
    const { text, status } = await this.ask('GET', page);
    if (status !== 200) throw new Error(`${page}: ${status}`);
    const form = text.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
    const fields = new URLSearchParams();
    for (const [, attributes] of form.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)) {
      const of = (name) => attributes.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? '';
      fields.append(of('name'), of('value'));
    }
    return fields;
  }

  async fill(page, action, values) {
    const fields = await this.hidden(page, action);
    for (const [name, value] of Object.entries(values)) fields.append(name, value);
    const answer = await this.ask('POST', action, fields.toString(), 'application/x-www-form-urlencoded');
    if (answer.status !== 303) throw new Error(`${action}: ${answer.status} ${answer.text.match(/class="[^"]*galat[^"]*"[^>]*>([^<]*)/)?.[1] ?? ''}`);
    return answer.to;
  }

  async upload(page, action) {
    const fields = await this.hidden(page, action);
    const mark = `----praja${this.number}`;
    const text = [...fields].map(([name, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
    const head = `--${mark}\r\nContent-Disposition: form-data; name="berkas"; filename="berkas.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(text + head), PDF, Buffer.from(`\r\n--${mark}--\r\n`)]);
    const answer = await this.ask('POST', action, body, `multipart/form-data; boundary=${mark}`);
    if (answer.status !== 303) throw new Error(`${action}: ${answer.status}`);
  }

  async apply() {
    const first = await this.fill('/perizinan/ajukan/LGL', '/perizinan/ajukan/LGL', {
      nama: `Pemohon Uji ${this.number}`, nik: `53150141079${String(this.number % 10)}${String(this.number).padStart(4, '0').slice(-4)}`.replace(/^(.{12}).*$/, '$1') + String(1 + this.number).padStart(4, '0'),
      alamat: 'Dusun Melati RT 02 RW 01', telepon: '081234567890', benar: '1',
    });
    const resi = first.split('/')[3];
    const at = (rest) => `/perizinan/permohonan/${resi}/${rest}`;
    await this.fill(at('isi/1'), at('isi/1'), {
      dokumen: 'Akta kelahiran', nomor_dokumen: `AL-${this.number}`, atas_nama: 'Pemohon Uji', tanggal_dokumen: '2012-05-14', lembar: '2', hubungan: 'Diri sendiri', keperluan: 'Melamar pekerjaan',
    });
    await this.upload(at('berkas'), at('berkas/dokumen_asli'));
    await this.upload(at('berkas'), at('berkas/ktp'));
    const sent = await this.fill(at('kirim'), at('kirim'), {});
    const page = await this.ask('GET', sent);
    if (!page.text.includes('LGL-')) throw new Error('no registration number');
  }
}

await Promise.all(Array.from({ length: people }, (_, number) => new Citizen(number).apply().catch((error) => { failures += 1; console.error(String(error)); })));
times.sort((a, b) => a - b);
console.log(`p95 ${Math.round(times[Math.floor(times.length * 0.95)])}, failures ${failures}, requests ${times.length}`);
process.exit(failures > 0 ? 1 : 0);
