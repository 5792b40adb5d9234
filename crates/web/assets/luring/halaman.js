// The page "Belum terkirim": what waits, what was refused and why, a conflict with both texts; and what is kept for reading.
(function () {
  "use strict";
  const luring = self.luring, gudang = luring.gudang;
  if (!gudang || typeof document === "undefined") return;

  // element("p", "redup", "words", child, …)
  function element(tag, className) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append.apply(node, Array.prototype.slice.call(arguments, 2));
    return node;
  }
  function button(words, className, act) {
    const node = element("button", "tombol" + (className ? " " + className : ""), words);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }
  function link(words, className, href) {
    const node = element("a", className, words);
    node.href = href;
    return node;
  }

  // Asks before something is lost. Gives whether to go on; the safe choice has the focus.
  luring.confirm = function (title, words, go) {
    return new Promise(function (answer) {
      const dialog = element("dialog", "dialog");
      const heading = element("h2", "", title);
      heading.id = "luring-tanya";
      dialog.setAttribute("aria-labelledby", heading.id);
      let yes = false;
      const back = button("Batalkan", "", function () { dialog.close(); });
      const on = button(go, "bahaya", function () { yes = true; dialog.close(); });
      dialog.append(element("div", "dialog-kepala", heading), element("p", "", words), element("div", "kirim", back, on));
      dialog.addEventListener("close", function () { dialog.remove(); answer(yes); });
      document.body.append(dialog);
      dialog.showModal();
      back.focus();
    });
  };

  // The drawing of a tone, as the server put it into the page.
  luring.icon = function (tone) {
    const drawn = document.querySelector('template[data-nada="' + tone + '"]');
    return drawn ? [drawn.content.firstElementChild.cloneNode(true)] : [];
  };

  const STATE = {
    menunggu: ["info", "Menunggu sambungan"],
    ditolak: ["buruk", "Ditolak"],
    bentrok: ["awas", "Berubah di dua tempat"],
    lama: ["awas", "Terlalu lama menunggu"]
  };

  // What the fields are called, read from the page of the form where that can be had.
  const forms = new Map();
  async function formAt(what, path) {
    if (!what.halaman) return null;
    if (!forms.has(what.halaman)) {
      forms.set(what.halaman, fetch(what.halaman, { headers: { "x-praja-simpan": "ya" } }).then(function (answer) {
        return answer.ok ? answer.text() : "";
      }).then(function (text) { return new DOMParser().parseFromString(text, "text/html"); }).catch(function () { return null; }));
    }
    const page = await forms.get(what.halaman);
    return page ? luring.formOf(page, path) || null : null;
  }
  const own = function (node) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll(".wajib, .senyap, .petunjuk").forEach(function (part) { part.remove(); });
    return copy.textContent.trim();
  };
  function named(form, name) {
    const plain = name.replace(/^bidang_/, "").replace(/_teks$/, "").replace(/_/g, " ");
    const words = plain[0].toUpperCase() + plain.slice(1);
    if (!form) return words;
    const field = Array.from(form.elements).find(function (one) { return one.name === name; });
    const box = field && field.closest(".isian");
    const label = box && (box.querySelector("legend") || box.querySelector("label"));
    return label ? own(label) : words;
  }
  function valued(form, name, value) {
    if (form) {
      const choice = Array.from(form.elements).find(function (one) { return one.name === name && /radio|checkbox/.test(one.type) && one.value === value; });
      if (choice && choice.labels && choice.labels[0]) return own(choice.labels[0]);
      const option = form.querySelector('select[name="' + CSS.escape(name) + '"] option[value="' + CSS.escape(value) + '"]');
      if (option) return option.textContent.trim();
    }
    return value;
  }
  // A picture that waits with its form is shown as one.
  const isPicture = function (value) { return /^data:image\//.test(value); };
  function seen(values) {
    const node = element("div", "antrean-isi", values.filter(function (value) { return !isPicture(value); }).join("\n"));
    values.filter(isPicture).forEach(function (value, at) {
      const picture = element("img", "antrean-gambar");
      picture.src = value;
      picture.alt = "Gambar " + (at + 1);
      node.append(picture);
    });
    return node;
  }
  const hidden = function (name) { return name[0] === "_" || name === "versi" || /_(label|untuk)$/.test(name); };
  const isId = function (value) { return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value); };

  // What was written, field by field. Of a choice from a directory its words are shown, not its name in the books.
  function contents(form, fields) {
    const list = element("dl", "fakta");
    const names = [];
    fields.forEach(function (pair) { if (!hidden(pair[0]) && pair[1].trim() && !names.includes(pair[0])) names.push(pair[0]); });
    names.forEach(function (name) {
      const values = fields.filter(function (pair) { return pair[0] === name && pair[1].trim(); }).map(function (pair) { return valued(form, name, pair[1]); });
      const shown = values.filter(function (value) { return !isId(value); });
      if (!shown.length) return;
      list.append(element("div", "", element("dt", "", named(form, name)), element("dd", "", seen(shown))));
    });
    return list;
  }

  // The two texts of a conflict beside each other.
  function both(form, what) {
    const rows = luring.differences(what.isian, what.sekarang).filter(function (one) { return !isId(one.mine) && !isId(one.theirs); });
    const body = element("tbody", "");
    rows.forEach(function (one) {
      const head = element("th", "", named(form, one.name));
      head.scope = "row";
      const cell = function (label, text) {
        const node = element("td", "antrean-isi", text.split("\n").some(isPicture) ? seen(text.split("\n")) : valued(form, one.name, text) || "(kosong)");
        node.dataset.label = label;
        return node;
      };
      body.append(element("tr", "", head, cell("Tulisan Anda", one.mine), cell("Tersimpan sekarang", one.theirs)));
    });
    const heads = element("tr", "");
    ["Isian", "Tulisan Anda", "Tersimpan sekarang"].forEach(function (words) {
      const head = element("th", "", words);
      head.scope = "col";
      heads.append(head);
    });
    const table = element("table", "antrean-beda", element("caption", "", rows.length ? "Isian yang berbeda" : "Kedua tulisan sama"), element("thead", "", heads), body);
    const scroll = element("div", "antrean-lebar", table);
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Perbandingan dua tulisan");
    return scroll;
  }

  async function card(now, entry) {
    const what = await gudang.unseal(now, entry.segel);
    const old = entry.keadaan === "menunggu" && Date.now() - entry.pada > luring.LIMITS.unsent;
    const state = STATE[old ? "lama" : entry.keadaan];
    const form = await formAt(what, entry.jalur);
    const heading = element("h2", "", what.judul);
    const node = element("article", "antrean-satu", heading,
      element("p", "redup", element.apply(null, ["span", "lencana " + state[0]].concat(luring.icon(state[0]), state[1])), " Ditulis " + luring.clock(entry.pada, Date.now()) + "."));
    node.dataset.keadaan = old ? "lama" : entry.keadaan;
    if (entry.keadaan === "menunggu" && entry.percobaan > 0 && !old) node.append(element("p", "", "Sudah pernah dicoba; bila ternyata sudah sampai, pengiriman berikutnya tidak mencatatnya dua kali."));
    if (old) node.append(element("p", "", "Lebih dari enam hari menunggu. Periksa dahulu di halamannya apakah sudah tercatat, lalu kirim atau buang."));
    if (what.pesan && entry.keadaan !== "bentrok") node.append(element("p", "", what.pesan));
    if (entry.keadaan === "bentrok") {
      node.append(element("p", "", "Orang lain menyimpan perubahan sesudah halaman ini tersimpan di perangkat Anda. Tulisan Anda belum dikirim agar perubahan itu tidak tertimpa."), both(form, what));
    }
    const fold = element("details", "lipatan", element("summary", "", "Lihat yang Anda tulis"), element("div", "lipatan-isi", contents(form, what.isian)));
    node.append(fold, acts(now, entry, what));
    return node;
  }

  function acts(now, entry, what) {
    const bar = element("div", "aksi");
    const again = async function () {
      entry.keadaan = "menunggu";
      if (Date.now() - entry.pada > luring.LIMITS.unsent) entry.pada = Date.now();
      await gudang.update(now, entry, what);
      await luring.go();
    };
    if (entry.keadaan === "bentrok") {
      bar.append(button("Simpan tulisan saya", "", async function () {
        const sure = await luring.confirm("Simpan tulisan Anda?", "Isian yang berbeda diganti dengan tulisan Anda. Versi sebelumnya tetap ada dalam riwayat naskah.", "Simpan tulisan saya");
        if (!sure) return;
        ["versi", "_kunci"].forEach(function (name) {
          what.isian = what.isian.map(function (pair) { return pair[0] === name ? [name, luring.value(what.sekarang, name)] : pair; });
        });
        what.sekarang = null;
        await again();
      }));
    } else {
      bar.append(button("Kirim sekarang", entry.keadaan === "menunggu" ? "utama" : "", again));
    }
    if (what.halaman) bar.append(link("Ubah lagi", "tombol", what.halaman + "#antrean=" + entry.id));
    bar.append(button("Buang", "bahaya", async function () {
      const sure = await luring.confirm("Buang isian ini?", "\"" + what.judul + "\" belum terkirim dan akan hilang dari perangkat ini.", "Buang isian");
      if (!sure) return;
      await gudang.remove(entry.id);
      await luring.redraw();
    }));
    return bar;
  }

  let drawn = "";
  async function list(place, now, entries) {
    // Drawn anew only when something changed: a fold that is open stays open.
    const print = JSON.stringify([now && now.pemegang, entries.map(function (one) { return [one.id, one.keadaan, one.percobaan, one.pada]; })]);
    if (print === drawn) return;
    drawn = print;
    const cards = [];
    for (const entry of entries.slice().sort(function (a, b) { return a.id - b.id; })) cards.push(await card(now, entry));
    if (!cards.length) {
      const words = now || document.body.dataset.pemegang ? "Tidak ada yang menunggu dikirim dari perangkat ini." : "Perangkat ini tidak sedang dipakai siapa pun. Isian yang belum terkirim tampil lagi setelah penulisnya masuk.";
      cards.push(element("p", "", words));
    }
    place.replaceChildren.apply(place, cards);
  }

  async function store(place, now) {
    if (!now) {
      place.replaceChildren(element("p", "", "Belum ada yang tersimpan."));
      return;
    }
    const pages = await gudang.pages();
    const last = pages.reduce(function (at, page) { return Math.max(at, page.at); }, 0);
    const words = now.simpan
      ? pages.length + " halaman tersimpan untuk dibaca tanpa sambungan" + (last ? ", terakhir " + luring.clock(last, Date.now()) : "") + ". Semua terhapus saat Anda keluar, ganti jabatan, atau 12 jam tanpa sambungan."
      : "Kotak masuk dan surat tidak disimpan di perangkat ini. Nyalakan hanya pada ponsel atau komputer yang Anda pakai sendiri.";
    const act = button(now.simpan ? "Jangan simpan lagi di perangkat ini" : "Simpan kotak masuk di perangkat ini", now.simpan ? "" : "utama", async function () {
      const simpan = !now.simpan;
      act.setAttribute("aria-busy", "true");
      await luring.choose(now.orang, simpan);
      if (!simpan) for (const page of await gudang.pages()) await gudang.drop(page.href);
      await gudang.set("pemegang", Object.assign({}, now, { simpan: simpan }));
      await gudang.forget("disegarkan");
      await luring.meet();
      await luring.redraw();
    });
    place.replaceChildren(element("p", "", words), element("p", "", act));
    place.dataset.halaman = String(pages.length);
    place.dataset.simpan = now.simpan ? "ya" : "tidak";
  }

  async function readable(place, now) {
    const pages = now ? await gudang.pages() : [];
    const items = [];
    for (const one of pages) {
      const page = new DOMParser().parseFromString(await one.page.text(), "text/html");
      const title = page.querySelector("h1"), about = page.querySelector(".guna");
      // Several drafts have one title; what they are about tells them apart. A page that is alone in its place needs no more than its name.
      const more = about && page.querySelector("nav.jejak") ? about.textContent.trim().replace(/\.$/, "") + ", " : "";
      items.push(element("li", "", link(title ? title.textContent : one.href, "", one.href), element("span", "redup", " " + more + luring.clock(one.at, Date.now()))));
    }
    place.replaceChildren(items.length ? element.apply(null, ["ul", ""].concat(items)) : element("p", "", "Tidak ada halaman yang tersimpan di perangkat ini."));
  }

  luring.draw = async function (now, entries) {
    const at = function (word) { return document.querySelector('[data-luring="' + word + '"]'); };
    if (at("antrean")) await list(at("antrean"), now, entries);
    if (at("simpanan")) await store(at("simpanan"), now);
    if (at("tersimpan")) await readable(at("tersimpan"), now);
  };
  luring.redraw = async function () {
    const now = await gudang.now();
    await luring.draw(now, await gudang.own(now));
  };
})();
