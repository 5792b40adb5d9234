// Sends what waits, in order and once, and asks the server what is worth keeping.
(function () {
  "use strict";
  const luring = self.luring, gudang = luring.gudang;
  if (!gudang || typeof document === "undefined") return;
  const SLOW = 20000;

  const parse = function (text) { return new DOMParser().parseFromString(text, "text/html"); };
  const ask = function (address, options) {
    return fetch(address, Object.assign({ cache: "no-store", signal: AbortSignal.timeout(SLOW) }, options));
  };

  // What the server says about this device; "masuk" when nobody is signed in, null when it cannot be reached.
  luring.hello = async function () {
    let answer;
    try { answer = await ask("/desk/perangkat"); } catch (broken) { return null; }
    if (!/json/.test(answer.headers.get("content-type") || "")) return answer.redirected || answer.status === 401 ? "masuk" : null;
    const told = await answer.json();
    return told.pemegang ? told : "masuk";
  };

  // What a form of a page holds now, by the address it is sent to.
  luring.formOf = function (page, path) {
    return Array.from(page.querySelectorAll("form[method=post]")).find(function (form) {
      return form.getAttribute("action") === path && form.querySelector('[name="_antre"]');
    });
  };
  luring.fieldsOf = function (form) {
    return Array.from(new FormData(form)).filter(function (pair) { return typeof pair[1] === "string"; });
  };

  // Why a form was refused, as its page says it.
  function said(page) {
    const main = page.querySelector(".ringkasan") || page.querySelector(".halangan") || page.querySelector("main") || page.body;
    const lines = Array.from(main.querySelectorAll("h2, p, li")).filter(function (line) { return !line.closest(".aksi"); });
    return lines.map(function (line) { return line.textContent.trim(); }).filter(Boolean).slice(0, 6).join(" ") || "Kiriman ini ditolak.";
  }

  async function once(entry, what, csrf, second) {
    const body = new URLSearchParams(what.isian.map(function (pair) { return pair; }));
    body.set("_csrf", csrf);
    const answer = await ask(entry.jalur, { method: "POST", body: body, headers: { "x-praja-skrip": "ya" } });
    const type = answer.headers.get("content-type") || "";
    const leads = /json/.test(type) ? (await answer.json()).ke : "";
    const page = /html/.test(type) ? parse(await answer.text()) : parse("");
    const stale = answer.status === 403 && !second;
    const versioned = answer.status === 409 && luring.value(what.isian, "versi") !== "";
    return { fate: luring.fate({ status: answer.status, leads: leads, stale: stale, second: second, versioned: versioned }), page: page };
  }

  // What stands on the server now, beside what was written here: the form of the same page.
  async function theirs(entry, what) {
    const answer = await ask(what.halaman || entry.jalur);
    const form = answer.ok ? luring.formOf(parse(await answer.text()), entry.jalur) : null;
    return form ? luring.fieldsOf(form) : null;
  }

  // Where the session is over nothing stays readable; what waits is opened again after its writer has signed in here.
  async function stop(done, told) {
    if (told === "masuk") await gudang.wipe();
    done.stopped = told || "putus";
    return done;
  }

  // Gives what was sent, and "masuk" or "putus" where it stopped early.
  async function flush() {
    const done = { sent: [], stopped: "" };
    let told = await luring.hello();
    if (!told || told === "masuk") return stop(done, told);
    const now = await gudang.greet(told, await luring.keeps(told));
    for (const entry of luring.turn(await gudang.entries(), now.pemegang, Date.now())) {
      const what = await gudang.unseal(now, entry.segel);
      entry.percobaan += 1;
      await gudang.update(now, entry);
      let outcome;
      try {
        outcome = await once(entry, what, told.csrf, false);
        if (outcome.fate === "ulang") {
          told = await luring.hello();
          if (!told || told === "masuk") return stop(done, told);
          if (told.pemegang !== now.pemegang) return done;
          outcome = await once(entry, what, told.csrf, true);
        }
      } catch (broken) {
        return Object.assign(done, { stopped: "putus" });
      }
      if (outcome.fate === "masuk") return stop(done, "masuk");
      if (outcome.fate === "tunda") return Object.assign(done, { stopped: "putus" });
      if (outcome.fate === "terkirim") {
        await gudang.remove(entry.id);
        if (what.halaman) await gudang.drop(what.halaman);
        done.sent.push(what.judul);
        continue;
      }
      what.pesan = said(outcome.page);
      entry.keadaan = "ditolak";
      if (outcome.fate === "bentrok") {
        what.sekarang = await theirs(entry, what).catch(function () { return null; });
        if (what.sekarang) entry.keadaan = "bentrok";
      }
      await gudang.update(now, entry, what);
    }
    if (done.sent.length) await gudang.forget("disegarkan");
    return done;
  }

  // Of two windows one sends; the key of each form makes it count once in any case.
  luring.flush = function () {
    if (!navigator.locks) return flush();
    return navigator.locks.request("praja-antrean", flush);
  };

  // Does this person keep pages on this device? An installed Praja does from the start; anywhere else its reader says so once.
  luring.keeps = async function (told) {
    // A device that everybody uses keeps nothing.
    try { if (Number(localStorage.getItem("praja-loket")) > 0) return false; } catch (closed) { return false; }
    const chosen = await gudang.get("simpan:" + told.orang);
    return chosen === undefined ? matchMedia("(display-mode: standalone)").matches : chosen;
  };
  luring.choose = function (orang, keeps) { return gudang.set("simpan:" + orang, keeps); };

  // Fetches what is worth keeping: what is not there yet, and what is older than half an hour.
  luring.refresh = async function (told, now) {
    if (!now.simpan || !navigator.serviceWorker.controller || (navigator.connection && navigator.connection.saveData)) return;
    const last = await gudang.get("disegarkan");
    if (last && Date.now() - last < luring.LIMITS.again) return;
    await gudang.set("disegarkan", Date.now());
    const look = Array.from(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]"));
    await Promise.all(look.map(function (part) { return fetch(part.href || part.src).catch(function () {}); }));
    const seen = new Set();
    const kept = new Map((await gudang.pages()).map(function (page) { return [page.href, page.at]; }));
    for (const address of told.halaman) {
      const href = new URL(address, location.origin).href;
      const at = kept.get(href);
      kept.delete(href);
      if (at && Date.now() - at < luring.LIMITS.age / 24) continue;
      try {
        const text = await (await fetch(href, { headers: { "x-praja-simpan": "ya" } })).text();
        for (const part of text.match(/\/aset\/[0-9a-f]{16}\/[a-z0-9.-]+/g) || []) {
          if (!seen.has(part)) await fetch(part);
          seen.add(part);
        }
      } catch (broken) {
        return;
      }
    }
    // What no longer waits for its reader goes after half a day by itself; what is over the limits goes now.
    await gudang.trim();
  };
})();
