// Puts the editor in the place of each text area that holds such a text. The text area stays, hidden, and is what the form sends.
(function () {
  "use strict";
  const naskah = window.praja.naskah;
  // Keys are named where there is a keyboard; a finger has the tools.
  const KEYS = " Papan ketik: Alt+F10 ke deretan alat, Alt+Shift+panah kanan atau kiri mengubah tingkat butir, Tab berpindah sel.";
  const HINT = "Tulis seperti pada pengolah kata; yang ditempel dari Word atau Google Docs dirapikan." +
    (window.matchMedia("(any-hover: hover) and (any-pointer: fine)").matches ? KEYS : "");

  function told(blocks) {
    const count = function (test) { return blocks.filter(test).length; };
    const parts = [
      [count(function (one) { return one.p && one.butir === undefined; }), "paragraf"],
      [count(function (one) { return one.butir !== undefined; }), "butir"],
      [count(function (one) { return one.tabel; }), "tabel"]
    ].filter(function (pair) { return pair[0]; }).map(function (pair) { return pair[0] + " " + pair[1]; });
    return parts.length ? "Ditempel dan dirapikan: " + parts.join(", ") + "." : "Tidak ada teks untuk ditempel.";
  }

  function make(area) {
    const label = document.querySelector('label[for="' + area.id + '"]');
    const hint = document.getElementById(area.name ? "f-" + area.name + "-petunjuk" : "");
    const words = hint ? hint.textContent : "";
    const root = document.createElement("div");
    root.className = "penyunting-isi";
    root.contentEditable = "true";
    root.lang = "id";
    root.setAttribute("role", "textbox");
    root.setAttribute("aria-multiline", "true");
    if (label) {
      label.id = label.id || area.id + "-label";
      root.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", function (event) { if (!area.hidden) return; event.preventDefault(); root.focus(); });
    }
    ["aria-describedby", "aria-invalid"].forEach(function (name) { if (area.hasAttribute(name)) root.setAttribute(name, area.getAttribute(name)); });
    if (area.required) root.setAttribute("aria-required", "true");
    const status = document.createElement("p");
    status.className = "senyap";
    status.setAttribute("role", "status");

    let timer = 0;
    let isText = false;
    function write() {
      clearTimeout(timer);
      if (isText) return;
      const text = naskah.write(sheet.scan());
      if (text === area.value) return;
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const sheet = naskah.sheet(root, function () {
      clearTimeout(timer);
      timer = setTimeout(write, 200);
      if (tools) tools.show();
    });
    const table = naskah.table(sheet);
    let tools = null;
    const acts = {
      undo: sheet.undo,
      redo: sheet.redo,
      bold: function () { style("bold"); },
      italic: function () { style("italic"); },
      kind: sheet.kind,
      level: sheet.level,
      table: table,
      text: function () {
        write();
        isText = !isText;
        if (!isText) { sheet.paint(naskah.read(area.value)); sheet.record(false); }
        area.hidden = !isText;
        root.hidden = isText;
        if (hint) hint.textContent = isText ? words : HINT;
        if (isText) area.dispatchEvent(new Event("input"));
        (isText ? area : root).focus();
        tools.show();
      },
      isText: function () { return isText; }
    };
    function style(name) {
      const held = sheet.range();
      if (!held || sheet.cell(held.startContainer)) return;
      document.execCommand(name);
      tools.show();
    }
    tools = naskah.tools(sheet, table, acts);

    root.addEventListener("beforeinput", function (event) {
      const dealt = {
        insertParagraph: function () { sheet.split(); return true; },
        insertLineBreak: function () { sheet.split(); return true; },
        deleteContentBackward: sheet.back,
        deleteContentForward: sheet.forward,
        historyUndo: function () { sheet.undo(); return true; },
        historyRedo: function () { sheet.redo(); return true; },
        formatBold: function () { return inCell(); },
        formatItalic: function () { return inCell(); },
        formatUnderline: function () { return true; },
        insertOrderedList: function () { sheet.kind("1."); return true; },
        insertUnorderedList: function () { sheet.kind("-"); return true; },
        deleteByCut: sheet.erase,
        insertText: function () {
          sheet.wipe();
          return event.data === " " && sheet.begun();
        }
      }[event.inputType];
      if (event.isComposing || !dealt) return;
      if (dealt()) event.preventDefault();
    });
    function inCell() {
      const held = sheet.range();
      return !!(held && sheet.cell(held.startContainer));
    }
    root.addEventListener("input", function () {
      sheet.settle();
      sheet.record(true);
    });
    root.addEventListener("keydown", function (event) {
      const key = event.key.toLowerCase();
      const ctrl = event.ctrlKey || event.metaKey;
      let done = true;
      if (ctrl && !event.altKey && key === "z") { if (event.shiftKey) sheet.redo(); else sheet.undo(); }
      else if (ctrl && !event.altKey && key === "y") sheet.redo();
      else if (ctrl && !event.altKey && key === "b") acts.bold();
      else if (ctrl && !event.altKey && key === "i") acts.italic();
      else if (ctrl && !event.altKey && key === "u") done = true;
      else if (event.altKey && event.shiftKey && key === "arrowright") sheet.level(1);
      else if (event.altKey && event.shiftKey && key === "arrowleft") sheet.level(-1);
      else if (event.altKey && key === "f10") tools.focus();
      else if (key === "tab" && !ctrl && !event.altKey) done = table.step(event.shiftKey);
      else if (key === "arrowup" && over()) done = true;
      else done = false;
      if (done) event.preventDefault();
    });
    // Above a table at the very start a line can be written.
    function over() {
      const here = table.at();
      if (!here || here.row.rowIndex > 0 || here.table.previousElementSibling) return false;
      const line = sheet.element({ p: [] });
      here.table.before(line);
      sheet.caretIn(line, false);
      return true;
    }
    function bring(data) {
      const html = data.getData("text/html");
      const text = data.getData("text/plain");
      const blocks = html && html.length < 3000000 ? naskah.clean(html) : naskah.plain(text);
      const found = blocks.length ? blocks : naskah.plain(text);
      sheet.insert(found);
      status.textContent = told(found);
    }
    root.addEventListener("paste", function (event) {
      event.preventDefault();
      bring(event.clipboardData);
    });
    root.addEventListener("dragstart", function (event) { event.preventDefault(); });
    root.addEventListener("drop", function (event) {
      event.preventDefault();
      root.focus();
      bring(event.dataTransfer);
    });
    document.addEventListener("selectionchange", function () { if (sheet.range()) tools.show(); });
    if (area.form) area.form.addEventListener("submit", write, true);
    area.addEventListener("praja:tulis", write);
    // What was written into the field from outside (a form that waited on the device).
    area.addEventListener("praja:baca", function () { sheet.paint(naskah.read(area.value)); sheet.record(false); });

    const frame = document.createElement("div");
    frame.className = "penyunting";
    area.before(frame);
    frame.append(tools.bar, root, status);
    frame.append(area);
    root.id = area.id;
    area.id += "-teks";
    if (label) { label.htmlFor = area.id; area.setAttribute("aria-labelledby", label.id); }
    area.hidden = true;
    if (hint) hint.textContent = HINT;
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, false);
    sheet.paint(naskah.read(area.value));
    sheet.record(false);
    clearTimeout(timer);
  }

  window.praja.each("textarea[data-naskah]", make);
})();
