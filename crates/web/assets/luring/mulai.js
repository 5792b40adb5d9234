// What every page of an officer does: registers the worker, tells what waits, sends it when there is a line, keeps what is worth keeping.
(function () {
  "use strict";
  const luring = self.luring, gudang = luring.gudang;
  if (!gudang || typeof document === "undefined" || !self.isSecureContext || !("serviceWorker" in navigator)) return;
  const here = document.body.dataset.pemegang || "";
  const main = document.querySelector("main");
  const kept = Boolean(document.querySelector("[data-tanpa-sambungan]"));
  if (here) {
    navigator.serviceWorker.register("/pekerja.js", { scope: "/", updateViaCache: "none" }).then(looked).catch(function () {});
  }

  // A page that was opened just before the worker awoke asks to be looked after, too.
  async function looked() {
    const found = await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise(function (done) {
      navigator.serviceWorker.addEventListener("controllerchange", done, { once: true });
      found.active.postMessage("klaim");
      setTimeout(done, 3000);
    });
  }

  function strip(id, tone, title, link) {
    const old = document.getElementById(id);
    if (old) old.remove();
    if (!title) return;
    const box = document.createElement("div");
    box.id = id;
    box.className = "pesan " + tone;
    box.setAttribute("role", "status");
    const words = document.createElement("div");
    const line = document.createElement("p");
    line.className = "pesan-judul";
    line.textContent = title;
    if (link) {
      const way = document.createElement("a");
      way.href = link[1];
      way.textContent = link[0];
      line.append(" ", way);
    }
    words.append(line);
    box.append.apply(box, luring.icon(tone).concat(words));
    main.prepend(box);
  }

  const count = function (n) { return n + " isian belum terkirim."; };

  // The line at the top of every page while something waits.
  async function tell() {
    const now = await gudang.now();
    const own = await gudang.own(now);
    const held = own.filter(function (one) { return one.keadaan !== "menunggu"; }).length;
    const onList = Boolean(document.querySelector('[data-luring="antrean"]'));
    strip("luring-antrean", held ? "awas" : "info", own.length && !onList ? count(own.length) + (held ? " " + held + " perlu Anda lihat." : "") : "", ["Lihat yang belum terkirim", "/belum-terkirim"]);
    if (luring.draw) await luring.draw(now, own);
    return { now: now, own: own };
  }

  // A form taken up again from the list, and one that was refused when it was sent by hand.
  async function fill(now, own) {
    const id = Number((location.hash.match(/^#antrean=(\d+)$/) || [])[1]);
    for (const entry of own) {
      const form = luring.formOf(document, entry.jalur);
      if (!form) continue;
      const what = await gudang.unseal(now, entry.segel);
      const key = form.querySelector('[name="_kunci"]');
      if (entry.id === id) {
        luring.write(form, what, entry);
        return;
      }
      if (key.value === luring.value(what.isian, "_kunci")) luring.mark(form, entry.id);
      else {
        strip("luring-isian", "awas", "Isian untuk formulir ini menunggu dikirim sejak " + luring.clock(entry.pada, Date.now()) + ".",
          ["Lanjutkan isian itu", location.pathname + location.search + "#antrean=" + entry.id]);
      }
    }
  }

  luring.mark = function (form, id) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "_antrean";
    field.value = String(id);
    form.append(field);
  };

  // Puts what was written into the form. A version that was shown as a conflict is the page's own; any other stays as it was, so that what
  // somebody else saved meanwhile is noticed when the form is sent.
  luring.write = function (form, what, entry) {
    const fresh = entry.keadaan === "bentrok";
    const own = function (name) { return name === "_csrf" || name === "_pemegang" || name.indexOf("_antre") === 0 || (fresh && (name === "versi" || name === "_kunci")); };
    const values = new Map();
    what.isian.forEach(function (pair) { if (!own(pair[0])) values.set(pair[0], (values.get(pair[0]) || []).concat([pair[1]])); });
    Array.from(form.elements).forEach(function (field) {
      if ((field.type === "checkbox" || field.type === "radio") && field.name && !own(field.name)) field.checked = (values.get(field.name) || []).includes(field.value);
    });
    values.forEach(function (all, name) {
      const fields = Array.from(form.elements).filter(function (field) { return field.name === name && field.type !== "submit"; });
      const boxes = fields.filter(function (field) { return field.type === "checkbox" || field.type === "radio"; });
      const rest = all.filter(function (value) { return !boxes.some(function (box) { return box.value === value; }); });
      const plain = fields.filter(function (field) { return !boxes.includes(field); });
      rest.forEach(function (value, at) {
        if (plain[at]) {
          plain[at].value = value;
          ["input", "praja:baca"].forEach(function (word) { plain[at].dispatchEvent(new Event(word, { bubbles: true })); });
        } else if (value) {
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = name;
          field.value = value;
          form.append(field);
        }
      });
    });
    form.querySelectorAll("details").forEach(function (fold) { fold.open = true; });
    luring.mark(form, entry.id);
    strip("luring-isian", "info", "Isian yang belum terkirim ada di formulir ini. Periksa, lalu kirim.", ["Kembali ke daftar", "/belum-terkirim"]);
    form.scrollIntoView();
  };

  let busy = false;
  async function turn() {
    if (busy) return;
    busy = true;
    try {
      const own = (await tell()).own;
      if (own.some(function (one) { return one.keadaan === "menunggu"; })) {
        const done = await luring.flush();
        if (done.sent.length) strip("luring-terkirim", "baik", "Terkirim: " + done.sent.join("; ") + ".");
        if (done.stopped === "masuk") strip("luring-masuk", "awas", "Sesi Anda berakhir. Isian yang menunggu dikirim setelah Anda masuk lagi.", ["Masuk", "/masuk?ke=/belum-terkirim"]);
        if (done.sent.length || done.stopped !== "putus") await tell();
        return;
      }
      if (!here || kept) return;
      const before = await gudang.get("pemegang");
      const last = await gudang.get("disegarkan");
      if (before && before.pemegang === here && (!before.simpan || (last && Date.now() - last < luring.LIMITS.again))) return;
      await luring.meet();
    } finally {
      busy = false;
    }
  }

  // Asks who is here and keeps what is worth keeping.
  luring.meet = async function () {
    const told = await luring.hello();
    if (told === "masuk") await gudang.wipe();
    if (!told || told === "masuk") return;
    const now = await gudang.greet(told, await luring.keeps(told));
    await looked();
    await tell();
    await luring.refresh(told, now);
    await tell();
  };
  luring.go = function () { return turn().catch(function () {}); };

  // Who leaves with something unsent is told; it stays on the device, shut until the same person signs in here again.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("action") !== "/keluar" || form.dataset.pasti) return;
    event.preventDefault();
    gudang.now().then(gudang.own).catch(function () { return []; }).then(function (own) {
      form.dataset.pasti = "ya";
      if (!own.length || !luring.confirm) return form.submit();
      delete form.dataset.pasti;
      return luring.confirm("Masih ada yang belum terkirim", own.length + " isian belum terkirim. Bila Anda keluar, isian itu tetap tersegel di perangkat ini dan dikirim setelah Anda masuk lagi di sini.", "Keluar dari akun").then(function (yes) {
        if (!yes) return;
        form.dataset.pasti = "ya";
        form.submit();
      });
    });
  });

  tell().then(function (found) { return fill(found.now, found.own); }).catch(function () {}).then(luring.go);
  addEventListener("online", function () {
    if (kept) strip("luring-kembali", "info", "Sambungan kembali.", ["Muat ulang halaman ini", location.pathname + location.search]);
    luring.go();
  });
  addEventListener("hashchange", function () { tell().then(function (found) { return fill(found.now, found.own); }).catch(function () {}); });
  setInterval(luring.go, 30000);
})();
