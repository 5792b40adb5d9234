// The row of tools above the sheet: one stop of the Tab key, arrows within.
(function () {
  "use strict";
  const naskah = window.praja.naskah;

  naskah.tools = function (sheet, table, acts) {
    const bar = document.createElement("div");
    bar.className = "penyunting-alat";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Alat penyunting");
    const all = [];

    function group(name, tools) {
      const box = document.createElement("div");
      box.className = "penyunting-kelompok";
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", name);
      tools.forEach(function (tool) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = tool.sign;
        button.title = tool.name + (tool.keys ? " (" + tool.keys + ")" : "");
        if (tool.sign !== tool.name) button.setAttribute("aria-label", tool.name);
        if (tool.keys) button.setAttribute("aria-keyshortcuts", tool.keys.replace(/Ctrl/g, "Control").replace(/panah kanan/, "ArrowRight").replace(/panah kiri/, "ArrowLeft"));
        if (tool.look) button.classList.add(tool.look);
        button.tabIndex = -1;
        // The caret stays where it is.
        button.addEventListener("mousedown", function (event) { event.preventDefault(); });
        button.addEventListener("click", function () {
          if (button.getAttribute("aria-disabled") === "true") return;
          tool.act();
          show();
        });
        all.push({ button: button, tool: tool, box: box });
        box.append(button);
      });
      bar.append(box);
      return box;
    }

    function held(name) { try { return document.queryCommandState(name); } catch (unknown) { return false; } }
    function kindIs(tanda) {
      return function () {
        const nodes = sheet.chosen();
        return nodes.length > 0 && nodes.every(function (node) { return (node.dataset.tanda || "") === tanda; });
      };
    }
    const inTable = function () { return !!table.at(); };
    const isItem = function () { return sheet.chosen().some(function (node) { return node.dataset.tanda; }); };
    const free = function () { return !acts.isText() && !inTable(); };
    const list = function (tanda, name, sign) {
      return { sign: sign || tanda, name: name, act: function () { acts.kind(tanda); }, pressed: kindIs(tanda), can: free };
    };

    group("Riwayat", [
      { sign: "↶", name: "Urungkan", keys: "Ctrl+Z", act: acts.undo, can: function () { return !acts.isText() && sheet.canUndo(); } },
      { sign: "↷", name: "Ulangi", keys: "Ctrl+Y", act: acts.redo, can: function () { return !acts.isText() && sheet.canRedo(); } }
    ]);
    group("Huruf", [
      { sign: "B", name: "Tebal", keys: "Ctrl+B", look: "tebal", act: acts.bold, pressed: function () { return held("bold"); }, can: free },
      { sign: "I", name: "Miring", keys: "Ctrl+I", look: "miring", act: acts.italic, pressed: function () { return held("italic"); }, can: free }
    ]);
    group("Paragraf dan butir", [
      { sign: "¶", name: "Paragraf biasa", act: function () { acts.kind(""); }, pressed: kindIs(""), can: free },
      list("1.", "Butir bernomor 1."), list("a.", "Butir berhuruf a."), list("1)", "Butir bernomor 1)"), list("a)", "Butir berhuruf a)"),
      list("-", "Butir bertanda hubung", "–"),
      { sign: "⇤", name: "Naikkan tingkat butir", keys: "Alt+Shift+panah kiri", act: function () { acts.level(-1); }, can: isItem },
      { sign: "⇥", name: "Turunkan tingkat butir", keys: "Alt+Shift+panah kanan", act: function () { acts.level(1); }, can: isItem }
    ]);
    group("Sisipan", [
      { sign: "Tabel", name: "Sisipkan tabel", act: table.add, can: free },
      { sign: "Teks", name: "Tulis sebagai teks bertanda", act: acts.text, pressed: acts.isText, can: function () { return true; } }
    ]);
    const cells = group("Tabel", [
      { sign: "+ baris", name: "Tambah baris di bawah", act: table.addRow, can: inTable },
      { sign: "− baris", name: "Hapus baris ini", act: table.dropRow, can: inTable },
      { sign: "+ kolom", name: "Tambah kolom di kanan", act: table.addColumn, can: inTable },
      { sign: "− kolom", name: "Hapus kolom ini", act: table.dropColumn, can: inTable },
      {
        sign: "Judul", name: "Baris pertama sebagai judul kolom", act: table.heading, can: inTable,
        pressed: function () { const here = table.at(); return !!here && here.table.rows[0].cells[0].nodeName === "TH"; }
      },
      { sign: "Hapus tabel", name: "Hapus tabel", act: table.drop, can: inTable }
    ]);

    function open() { return all.filter(function (one) { return !one.box.hidden; }); }
    function show() {
      cells.hidden = !inTable();
      all.forEach(function (one) {
        if (one.tool.pressed) one.button.setAttribute("aria-pressed", String(one.tool.pressed()));
        const can = one.tool.can();
        if (can) one.button.removeAttribute("aria-disabled"); else one.button.setAttribute("aria-disabled", "true");
      });
      if (!open().some(function (one) { return one.button.tabIndex === 0; })) {
        all.forEach(function (one, at) { one.button.tabIndex = at === 0 ? 0 : -1; });
      }
    }
    function focus(one) {
      all.forEach(function (other) { other.button.tabIndex = other === one ? 0 : -1; });
      one.button.focus();
    }
    bar.addEventListener("keydown", function (event) {
      const shown = open();
      const at = shown.findIndex(function (one) { return one.button === document.activeElement; });
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
      if (event.key === "Escape") { event.preventDefault(); sheet.root.focus(); return; }
      if (to === undefined || at < 0) return;
      event.preventDefault();
      focus(shown[(to + shown.length) % shown.length]);
    });
    return {
      bar: bar,
      show: show,
      focus: function () { focus(open().find(function (one) { return one.button.tabIndex === 0; }) || open()[0]); }
    };
  };
})();
