// What officers must have done before some pages exist at all: a letter with its scan, a correspondent, a saved view. Done as they would
// do it, in the browser, each by the first account that may. A step that does not work is said and left to the scan, which fails for
// the page that is then missing.
import { look } from './check.mjs';
import { Visitor } from './routes.mjs';
import { fill, firstAlert, mainForm, registerSurat, submit } from './steps.mjs';

// Gives addresses that no link leads to, each with the account that may open it: [{ akun, address }].
export async function prepare({ browser, program, routes, log }) {
  const extra = [];
  for (const step of STEPS) {
    if (!routes.some((route) => route.alamat === step.needs)) continue;
    try {
      const visitor = await firstWho(program, step.from ?? step.needs);
      const seen = await look(browser, visitor, { width: 1280, scheme: 'light' });
      try {
        const made = await step.run({ page: seen.page, base: program.base, visitor });
        for (const address of made ?? []) extra.push({ akun: visitor.name, address });
      } finally {
        await seen.context.close();
      }
    } catch (cause) {
      log(`${step.what}: ${cause.message.split('\n')[0]}`);
    }
  }
  return extra;
}

// The first account whose GET of this address is answered.
async function firstWho({ base, accounts }, address) {
  for (const account of accounts) {
    const visitor = await new Visitor(base, account).logIn();
    if ((await visitor.read(address)).status === 200) return visitor;
  }
  throw new Error(`no account may open ${address}`);
}

// Fills the main form of a page with what fits each field, and sends it.
async function send(page, address) {
  await page.goto(address);
  const form = mainForm(page);
  await fill(form, { perihal: 'Contoh isian untuk pemeriksaan' });
  await submit(page, form);
  if (page.url() === address) throw new Error(`${await firstAlert(page)} (${await form.evaluate((node) => [...new FormData(node)].map((pair) => pair.join('=')).join('&'))})`);
  return [new URL(page.url()).pathname];
}

const STEPS = [
  {
    what: 'a letter with its scan is registered',
    needs: '/eoffice/surat-masuk/baru',
    run: async ({ page, base }) => {
      await registerSurat(page, base);
      return [new URL(page.url()).pathname];
    },
  },
  {
    what: 'a correspondent is added to the directory',
    needs: '/desk/instansi/baru',
    run: ({ page, base }) => send(page, `${base}/desk/instansi/baru`),
  },
  {
    what: 'a list is saved as a view',
    needs: '/desk/tampilan/{id}',
    from: '/eoffice/surat-masuk',
    run: async ({ page, base, visitor }) => {
      const views = new URLSearchParams({ daftar: '/eoffice/surat-masuk', kueri: 'status=tercatat', nama: 'Baru tercatat' });
      const tokens = /name="_csrf" value="([^"]+)"/.exec((await visitor.read('/eoffice/surat-masuk')).text);
      views.set('_csrf', tokens[1]);
      await visitor.ask('/desk/tampilan', { method: 'POST', body: views });
      await page.goto(`${base}/desk/tampilan`);
    },
  },
];
