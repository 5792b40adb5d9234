// What the device holds: for whom, what waits (shut with a key that the server gives to its writer alone), and the kept pages.
(function () {
  "use strict";
  const luring = self.luring;
  if (!self.indexedDB || !self.caches || !self.crypto || !self.crypto.subtle) return;
  const PAGES = "praja-halaman";
  luring.ASSETS = "praja-aset";
  let opened = null;

  function database() {
    opened = opened || new Promise(function (done, failed) {
      const ask = indexedDB.open("praja", 1);
      ask.onupgradeneeded = function () {
        ask.result.createObjectStore("antrean", { keyPath: "id", autoIncrement: true });
        ask.result.createObjectStore("keadaan");
      };
      ask.onsuccess = function () { done(ask.result); };
      ask.onerror = function () { opened = null; failed(ask.error); };
    });
    return opened;
  }

  async function store(name, mode, act) {
    const db = await database();
    return new Promise(function (done, failed) {
      const turn = db.transaction(name, mode);
      const ask = act(turn.objectStore(name));
      turn.oncomplete = function () { done(ask.result); };
      turn.onerror = turn.onabort = function () { failed(turn.error); };
    });
  }

  const bytes = function (hex) { return new Uint8Array(hex.match(/../g).map(function (pair) { return parseInt(pair, 16); })); };

  const gudang = luring.gudang = {
    get: function (key) { return store("keadaan", "readonly", function (all) { return all.get(key); }); },
    set: function (key, value) { return store("keadaan", "readwrite", function (all) { return all.put(value, key); }); },
    forget: function (key) { return store("keadaan", "readwrite", function (all) { return all.delete(key); }); },

    // For whom pages are kept and forms are shut here; nobody after twelve hours without a word from the server.
    now: async function () {
      const now = await gudang.get("pemegang");
      if (!now) return null;
      if (luring.isOver(now.dilihat, Date.now())) {
        await gudang.wipe();
        return null;
      }
      return now;
    },

    // The server said who is here.
    greet: async function (told, simpan) {
      const before = await gudang.get("pemegang");
      if (before && before.pemegang !== told.pemegang) await gudang.wipe();
      const key = await crypto.subtle.importKey("raw", bytes(told.kunci), "AES-GCM", false, ["encrypt", "decrypt"]);
      const now = { pemegang: told.pemegang, orang: told.orang, kunci: key, simpan: simpan, dilihat: Date.now() };
      await gudang.set("pemegang", now);
      return now;
    },

    // Everything that was kept for reading, and the key. What waits stays, shut.
    wipe: async function () {
      await Promise.all([caches.delete(PAGES), gudang.forget("pemegang"), gudang.forget("disegarkan")]);
    },

    seal: async function (now, what) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(what));
      return { iv: iv, isi: await crypto.subtle.encrypt({ name: "AES-GCM", iv: iv }, now.kunci, text) };
    },
    unseal: async function (now, shut) {
      const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: shut.iv }, now.kunci, shut.isi);
      return JSON.parse(new TextDecoder().decode(open));
    },

    // `what` is {judul, isian, halaman, pesan, sekarang}; outside the seal stands only what is needed to keep order.
    enqueue: async function (now, path, what, instead) {
      const entry = { pemegang: now.pemegang, pada: Date.now(), jalur: path, keadaan: "menunggu", percobaan: 0, segel: await gudang.seal(now, what) };
      if (instead) entry.id = instead;
      return store("antrean", "readwrite", function (all) { return all.put(entry); });
    },
    update: async function (now, entry, what) {
      if (what) entry.segel = await gudang.seal(now, what);
      return store("antrean", "readwrite", function (all) { return all.put(entry); });
    },
    remove: function (id) { return store("antrean", "readwrite", function (all) { return all.delete(id); }); },
    entries: function () { return store("antrean", "readonly", function (all) { return all.getAll(); }); },
    own: async function (now) {
      if (!now) return [];
      const all = await gudang.entries();
      return all.filter(function (one) { return one.pemegang === now.pemegang; });
    },

    // Kept pages. Each carries for whom and when, and how large it is.
    keep: async function (href, answer, now) {
      const told = { status: answer.status, keep: answer.headers.get("x-praja-simpan"), holder: answer.headers.get("x-praja-pemegang"), size: 0 };
      const pages = await caches.open(PAGES);
      // A page that may not be kept is not even read, and one that was kept and may no longer be goes.
      const text = luring.mayKeep(told, now) ? await answer.text() : "";
      const size = told.size = text.length;
      if (!text || !luring.mayKeep(told, now)) {
        await pages.delete(href);
        return false;
      }
      const headers = new Headers({ "content-type": "text/html; charset=utf-8" });
      headers.set("content-security-policy", answer.headers.get("content-security-policy") || "default-src 'self'");
      headers.set("x-praja-pemegang", now.pemegang);
      headers.set("x-praja-pada", String(Date.now()));
      headers.set("x-praja-besar", String(size));
      await pages.put(href, new Response(text, { headers: headers }));
      return true;
    },
    kept: async function (href, now) {
      if (!now) return null;
      const page = await (await caches.open(PAGES)).match(href);
      return page && page.headers.get("x-praja-pemegang") === now.pemegang ? page : null;
    },
    drop: async function (href) { return (await caches.open(PAGES)).delete(href); },
    pages: async function () {
      const pages = await caches.open(PAGES);
      const keys = await pages.keys();
      return Promise.all(keys.map(async function (key) {
        const page = await pages.match(key);
        return { href: key.url, at: Number(page.headers.get("x-praja-pada")), size: Number(page.headers.get("x-praja-besar")), page: page };
      }));
    },
    trim: async function () {
      const gone = luring.surplus(await gudang.pages());
      for (const href of gone) await gudang.drop(href);
    }
  };
})();
