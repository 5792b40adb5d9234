// The worker: gives pages from the line, and from the device when there is none; keeps a form that could not be sent.
(function () {
  "use strict";
  const luring = self.luring, gudang = luring.gudang, told = self.PRAJA.isi;
  const LOOK = luring.ASSETS + "-" + self.PRAJA.versi;
  // With a kept page at hand a slow line is not waited for; without an answer to a form so long, its answer counts as lost.
  const PAGE_MS = 5000, FORM_MS = 20000;

  self.addEventListener("install", function (event) {
    event.waitUntil((async function () {
      const look = await caches.open(LOOK);
      await look.addAll(told.aset);
      // Without a cookie: the page that every device keeps is nobody's.
      const page = await fetch(told.pengganti, { credentials: "omit", cache: "no-store" });
      if (!page.ok) throw new TypeError(String(page.status));
      await look.put(told.pengganti, page);
      await self.skipWaiting();
    })());
  });

  // What an older release drew needs its look, which goes with it.
  self.addEventListener("activate", function (event) {
    event.waitUntil((async function () {
      const names = await caches.keys();
      const old = names.filter(function (name) { return name.indexOf(luring.ASSETS + "-") === 0 && name !== LOOK; });
      for (const name of old) await caches.delete(name);
      if (old.length) for (const page of await gudang.pages()) await gudang.drop(page.href);
      await self.clients.claim();
    })());
  });

  // A page that was opened just before the worker awoke asks to be looked after, too.
  self.addEventListener("message", function (event) {
    if (event.data === "klaim") event.waitUntil(self.clients.claim());
  });

  self.addEventListener("fetch", function (event) {
    const request = event.request, url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.method === "GET" && url.pathname.indexOf("/aset/") === 0) event.respondWith(asset(request));
    else if (request.method === "GET" && (request.mode === "navigate" || request.headers.get("x-praja-simpan"))) event.respondWith(page(event, url));
    else if (request.method === "POST" && request.mode === "navigate") event.respondWith(act(event, url));
  });

  async function asset(request) {
    const look = await caches.open(LOOK);
    const kept = await look.match(request);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok && /immutable/.test(answer.headers.get("cache-control") || "")) await look.put(request, answer.clone());
    return answer;
  }

  function within(work, ms) {
    return Promise.race([work, new Promise(function (_, failed) { setTimeout(function () { failed(new TypeError("slow")); }, ms); })]);
  }

  // A page may take long to make; a line that does not even say that the program lives is dead.
  async function alive(line) {
    try {
      return await within(line, PAGE_MS);
    } catch (broken) {
      if (broken.message !== "slow") throw broken;
      await within(fetch("/healthz", { cache: "no-store" }), PAGE_MS);
      return line;
    }
  }

  // Every page that comes from the line says who is here. Somebody else, or nobody: what was kept goes at once.
  async function note(href, answer) {
    const holder = answer.headers.get("x-praja-pemegang");
    const now = await gudang.get("pemegang");
    const whose = luring.whose(holder, now);
    if (whose === "other") return gudang.wipe();
    if (whose !== "same") return null;
    if (Date.now() - now.dilihat > 60000) {
      now.dilihat = Date.now();
      await gudang.set("pemegang", now);
    }
    return gudang.keep(href, answer, now);
  }

  async function page(event, url) {
    const href = url.origin + url.pathname + url.search;
    const line = fetch(event.request);
    event.waitUntil(line.then(function (answer) {
      return answer.type === "opaqueredirect" ? null : note(href, answer.clone());
    }).catch(function () {}));
    const kept = await gudang.kept(href, await gudang.now().catch(function () { return null; })).catch(function () { return null; });
    try {
      const answer = await (kept ? within(line, PAGE_MS) : alive(line));
      // An answer without a page of ours came from somewhere on the way (a web server in front whose program is down).
      return kept && answer.status >= 502 && answer.status <= 504 ? shown(kept) : answer;
    } catch (broken) {
      // Who asked for a copy to keep is told that there is none.
      if (event.request.mode !== "navigate") return kept || Response.error();
      return kept ? shown(kept) : instead(null);
    }
  }

  // The kept page, with the time of which it tells. Its forms get names of their own: shown twice, they are two forms.
  async function shown(kept) {
    const at = Number(kept.headers.get("x-praja-pada"));
    const whole = await kept.text();
    const text = whole
      .replace(/<main id="isi"[^>]*>/, function (tag) {
        return tag + notice("info", icon(whole, "info"), "Tanpa sambungan: keadaan " + luring.clock(at, Date.now()) + ".",
          "Disposisi, konsep naskah, dan berita acara lapangan yang Anda kirim menunggu di <a href=\"/belum-terkirim\">Belum terkirim</a>; tindakan lain memerlukan sambungan.");
      })
      .replace(/(name="_kunci" value=")[0-9a-f-]{36}"/g, function (_, before) { return before + crypto.randomUUID() + '"'; });
    return new Response(text, { headers: kept.headers });
  }

  // The drawing of a tone, as the server put it into the page.
  function icon(page, tone) {
    const drawn = page.match(new RegExp('<template data-nada="' + tone + '">(.*?)</template>'));
    return drawn ? drawn[1] : "";
  }

  function notice(tone, drawing, title, html) {
    return '<div class="pesan ' + tone + '" role="status" data-tanpa-sambungan>' + drawing + '<div><p class="pesan-judul">' + luring.escape(title) + "</p><p>" + html + "</p></div></div>";
  }

  // The page that stands in; `html` says why, where it is more than that the page was not kept.
  async function instead(html) {
    const page = await (await caches.open(LOOK)).match(told.pengganti);
    if (!page) return Response.error();
    const text = await page.text();
    const filled = html ? text.replace(/(<div data-luring="sebab">)[\s\S]*?(<\/div><\/div><\/div>)/, function (_, open) { return open + html + "</div>"; }) : text;
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": page.headers.get("content-security-policy") || "default-src 'self'" };
    return new Response(filled, { status: 503, headers: headers });
  }

  async function act(event, url) {
    const request = event.request;
    // What cannot wait takes the time it takes: signing fifty naskah is no lost answer. Files are not held twice.
    const mayWait = told.antre.some(function (pattern) { return luring.fits(pattern, url.pathname); });
    const copy = /urlencoded/.test(request.headers.get("content-type") || "") ? request.clone() : null;
    const leaves = url.pathname === "/keluar" || url.pathname === "/bertindak-sebagai";
    if (leaves) await gudang.wipe().catch(function () {});
    try {
      const answer = await (mayWait ? within(fetch(request), FORM_MS) : fetch(request));
      if (mayWait && copy && answer.type === "opaqueredirect") event.waitUntil(sent(copy).catch(function () {}));
      return answer;
    } catch (broken) {
      if (leaves) {
        return instead(notice("awas", "", url.pathname === "/keluar" ? "Anda belum keluar dari Praja." : "Jabatan belum diganti.",
          "Halaman yang tersimpan di perangkat ini sudah dihapus, tetapi sesi Anda baru berakhir setelah keluar dengan sambungan."));
      }
      return waits(copy, url, request.referrer);
    }
  }

  async function fieldsOf(request) {
    return request && Array.from(new URLSearchParams(await request.text()));
  }

  // A form that was taken up again from the list and has now arrived waits no more, and the page it came from has changed.
  async function sent(copy) {
    const fields = await fieldsOf(copy);
    const id = Number(fields && luring.value(fields, "_antrean"));
    if (id) await gudang.remove(id);
    if (copy.referrer) await gudang.drop(copy.referrer.split("#")[0]);
  }

  async function waits(copy, url, referrer) {
    const fields = await fieldsOf(copy).catch(function () { return null; });
    const now = await gudang.now().catch(function () { return null; });
    if (fields && now && luring.mayWait(told.antre, url.pathname, fields) && luring.value(fields, "_pemegang") === now.pemegang) {
      const own = await gudang.own(now);
      const again = Number(luring.value(fields, "_antrean"));
      if (own.length < luring.LIMITS.forms || again) {
        const hal = luring.value(fields, "hal");
        const what = {
          judul: luring.value(fields, "_antre") + (hal ? ": " + hal : ""),
          isian: fields.filter(function (pair) { return pair[0] !== "_csrf" && pair[0].indexOf("_antre") !== 0; }),
          halaman: referrer.split("#")[0],
          pesan: ""
        };
        const place = own.some(function (one) { return one.id === again; }) ? again : 0;
        try {
          await gudang.enqueue(now, url.pathname, what, place);
        } catch (full) {
          return instead(notice("awas", "", "Penyimpanan perangkat ini penuh.", "Kosongkan ruang di perangkat, lalu kirim lagi dari halaman ini.") + later(url, fields));
        }
        return Response.redirect(new URL("/belum-terkirim", self.location), 303);
      }
    }
    return instead(later(url, fields));
  }

  // What cannot wait is not lost either: the page holds it until the line is back. Passwords and files are typed and chosen again.
  function later(url, fields) {
    const secret = !fields || fields.some(function (pair) { return /sandi|rahasia|kode|otp/.test(pair[0]) && pair[1]; });
    const text = "Tindakan ini memerlukan sambungan ke Praja, maka belum dikerjakan.";
    if (secret) return notice("awas", "", "Belum terkirim.", text + " Sambungkan kembali perangkat ini, lalu isi dan kirim lagi.");
    const hidden = fields.map(function (pair) {
      return '<input type="hidden" name="' + luring.escape(pair[0]) + '" value="' + luring.escape(pair[1]) + '">';
    }).join("");
    return notice("awas", "", "Belum terkirim.", text + " Isian Anda masih ada pada halaman ini: biarkan terbuka, dan kirim lagi setelah sambungan kembali.") +
      '<form method="post" action="' + luring.escape(url.pathname + url.search) + '">' + hidden + '<p><button class="tombol utama" type="submit">Kirim lagi</button></p></form>';
  }
})();
