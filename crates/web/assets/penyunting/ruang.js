// The sheet that is written on: blocks as elements, the caret, Enter and Backspace, and a history of its own, because what a script changes
// is unknown to that of the browser.
(function () {
  "use strict";
  const naskah = window.praja.naskah;
  const KEPT = 100;
  const ONE_STROKE_MS = 900;

  function filled(node, words) {
    words.forEach(function (one) {
      let piece = document.createTextNode(one.t);
      [[one.i, "em"], [one.b, "strong"]].forEach(function (pair) {
        if (!pair[0]) return;
        const around = document.createElement(pair[1]);
        around.append(piece);
        piece = around;
      });
      node.append(piece);
    });
    if (!node.firstChild) node.append(document.createElement("br"));
    return node;
  }

  function element(block) {
    if (block.tabel) {
      const table = document.createElement("table");
      const body = table.createTBody();
      const wide = Math.max.apply(null, block.tabel.map(function (row) { return row.length; }).concat(1));
      block.tabel.forEach(function (row, at) {
        const line = body.insertRow();
        for (let place = 0; place < wide; place += 1) {
          const cell = document.createElement(block.kepala && at === 0 ? "th" : "td");
          line.append(filled(cell, row[place] ? [{ t: row[place] }] : []));
        }
      });
      return table;
    }
    const node = document.createElement("p");
    if (block.butir !== undefined) {
      node.dataset.tanda = block.tanda;
      node.dataset.tingkat = String(block.butir);
    }
    return filled(node, block.p);
  }

  function words(node, look, into) {
    node.childNodes.forEach(function (child) {
      if (child.nodeType === 3) into.push({ t: child.nodeValue, b: look.b, i: look.i });
      else if (child.nodeName === "BR") into.push({ t: " ", b: false, i: false });
      else if (child.nodeType === 1) words(child, naskah.looks(child, look), into);
    });
    return into;
  }

  function block(node) {
    if (node.nodeName === "TABLE") {
      const rows = Array.from(node.rows);
      return {
        tabel: rows.map(function (row) { return Array.from(row.cells).map(function (cell) { return cell.textContent; }); }),
        kepala: rows.length > 0 && rows[0].cells.length > 0 && rows[0].cells[0].nodeName === "TH"
      };
    }
    const made = { p: words(node, { b: false, i: false }, []) };
    if (node.dataset && node.dataset.tanda) {
      made.butir = Number(node.dataset.tingkat || 0);
      made.tanda = node.dataset.tanda;
    }
    return made;
  }

  naskah.sheet = function (root, changed) {
    const past = [];
    let now = -1;
    let stroke = 0;

    function paint(blocks) {
      root.replaceChildren.apply(root, blocks.map(element));
      settle();
    }
    function scan() { return Array.from(root.children).map(block); }

    // Whatever browsers leave behind becomes paragraphs and tables again.
    function settle() {
      Array.from(root.childNodes).forEach(function (node) {
        if (node.nodeType === 3 && !node.nodeValue.trim()) { node.remove(); return; }
        if (node.nodeName === "P" && !node.querySelector("p, div, ul, ol, table, h1, h2, h3")) return;
        if (node.nodeName === "TABLE") { square(node); return; }
        if (node.nodeType !== 1) {
          const around = document.createElement("p");
          node.before(around);
          around.append(node);
          return;
        }
        if (node.nodeName === "BR") { node.replaceWith(element({ p: [] })); return; }
        const held = root.contains(document.getSelection().anchorNode) && node.contains(document.getSelection().anchorNode);
        const fresh = naskah.clean(node.outerHTML).map(element);
        if (!fresh.length) fresh.push(element({ p: [] }));
        node.replaceWith.apply(node, fresh);
        if (held) caretIn(fresh[fresh.length - 1], true);
      });
      if (!root.lastElementChild || root.lastElementChild.nodeName === "TABLE") root.append(element({ p: [] }));
      number();
    }
    function square(table) {
      const rows = Array.from(table.rows);
      const wide = Math.max.apply(null, rows.map(function (row) { return row.cells.length; }).concat(0));
      if (!wide) { table.remove(); return; }
      rows.forEach(function (row) {
        if (!row.cells.length) { row.remove(); return; }
        while (row.cells.length < wide) row.append(filled(document.createElement(row.cells[0].nodeName.toLowerCase()), []));
      });
    }
    function number() {
      const nodes = Array.from(root.children);
      naskah.numbers(nodes.map(function (node) {
        return node.dataset.tanda ? { butir: Number(node.dataset.tingkat || 0), tanda: node.dataset.tanda } : {};
      })).forEach(function (mark, at) {
        const shown = mark === "-" ? "–" : mark;
        if (!shown) nodes[at].removeAttribute("data-nomor");
        else if (nodes[at].dataset.nomor !== shown) nodes[at].dataset.nomor = shown;
      });
    }

    // ---- Caret ----
    function range() {
      const chosen = document.getSelection();
      return chosen.rangeCount && root.contains(chosen.anchorNode) ? chosen.getRangeAt(0) : null;
    }
    function top(node) {
      while (node && node.parentNode !== root) node = node.parentNode;
      return node;
    }
    function cell(node) {
      const found = node && (node.nodeType === 1 ? node : node.parentNode).closest("td, th");
      return found && root.contains(found) ? found : null;
    }
    function caret(node, at) {
      const chosen = document.getSelection();
      chosen.collapse(node, at);
    }
    function caretIn(node, last) {
      const place = document.createRange();
      place.selectNodeContents(node);
      place.collapse(!last);
      // A line that holds nothing but its break is stood in, not behind.
      if (node.childNodes.length === 1 && node.firstChild.nodeName === "BR") place.setStart(node, 0);
      const chosen = document.getSelection();
      chosen.removeAllRanges();
      chosen.addRange(place);
      root.focus();
    }
    function chosen() {
      const held = range();
      if (!held) return [];
      return Array.from(root.children).filter(function (node) { return node.nodeName === "P" && held.intersectsNode(node); });
    }
    function isAtStart(held, node) {
      const before = document.createRange();
      before.selectNodeContents(node);
      before.setEnd(held.startContainer, held.startOffset);
      return !before.toString();
    }
    function isAtEnd(held, node) {
      const after = document.createRange();
      after.selectNodeContents(node);
      after.setStart(held.endContainer, held.endOffset);
      return !after.toString();
    }

    // ---- History ----
    function path() {
      const held = range();
      if (!held) return null;
      const steps = [];
      for (let node = held.startContainer; node !== root; node = node.parentNode) steps.unshift(Array.prototype.indexOf.call(node.parentNode.childNodes, node));
      return { steps: steps, at: held.startOffset };
    }
    function record(typing) {
      const state = { nodes: Array.from(root.childNodes).map(function (node) { return node.cloneNode(true); }), caret: path() };
      const soon = typing && stroke && Date.now() - stroke < ONE_STROKE_MS;
      past.length = now + 1;
      if (soon && now > 0) past[now] = state;
      else {
        past.push(state);
        if (past.length > KEPT) past.shift();
        now = past.length - 1;
      }
      if (!soon) stroke = typing ? Date.now() : 0;
      changed();
    }
    function go(step) {
      const state = past[now + step];
      if (!state) return false;
      now += step;
      stroke = 0;
      root.replaceChildren.apply(root, state.nodes.map(function (node) { return node.cloneNode(true); }));
      let node = root;
      const way = state.caret ? state.caret.steps : [];
      way.forEach(function (step) { if (node && node.childNodes[step]) node = node.childNodes[step]; });
      root.focus();
      if (state.caret) caret(node, Math.min(state.caret.at, node.nodeType === 3 ? node.length : node.childNodes.length));
      changed();
      return true;
    }

    // ---- Acts ----
    function plain(node) {
      delete node.dataset.tanda;
      delete node.dataset.tingkat;
    }
    function kind(tanda) {
      const nodes = chosen();
      if (!nodes.length) return;
      const all = tanda && nodes.every(function (node) { return node.dataset.tanda === tanda; });
      nodes.forEach(function (node) {
        if (!tanda || all) { plain(node); return; }
        node.dataset.tanda = tanda;
        if (!node.dataset.tingkat) node.dataset.tingkat = "0";
      });
      number();
      record(false);
    }
    function level(step) {
      chosen().forEach(function (node) {
        if (!node.dataset.tanda) return;
        node.dataset.tingkat = String(Math.max(0, Math.min(naskah.DEEPEST, Number(node.dataset.tingkat) + step)));
      });
      number();
      record(false);
    }
    function split() {
      const held = range();
      if (!held) return;
      const inCell = cell(held.startContainer);
      if (inCell) { below(inCell); return; }
      const first = top(held.startContainer);
      const last = top(held.endContainer);
      if (!first || first.nodeName !== "P" || !last || last.nodeName !== "P") return;
      if (first !== last) {
        wipe();
        split();
        return;
      } else {
        if (!held.collapsed) held.deleteContents();
        if (!first.textContent.trim() && first.dataset.tanda) {
          if (Number(first.dataset.tingkat) > 0) first.dataset.tingkat = String(Number(first.dataset.tingkat) - 1);
          else plain(first);
        } else {
          held.setEnd(first, first.childNodes.length);
          const rest = held.extractContents();
          const next = first.cloneNode(false);
          next.removeAttribute("id");
          next.append(rest);
          first.after(next);
          [first, next].forEach(function (node) { if (!node.textContent) { node.replaceChildren(); filled(node, []); } });
          caretIn(next, false);
        }
      }
      number();
      record(false);
    }
    function below(inCell) {
      const row = inCell.parentNode;
      const table = row.closest("table");
      const next = table.rows[row.rowIndex + 1];
      if (next) caretIn(next.cells[inCell.cellIndex], true);
      else caretIn(table.nextElementSibling || root.lastElementChild, false);
    }
    // Takes away what is chosen when it reaches over more than one paragraph or cell: browsers would leave their own styles behind.
    function wipe() {
      const held = range();
      if (!held || held.collapsed) return false;
      const from = cell(held.startContainer) || top(held.startContainer);
      const to = cell(held.endContainer) || top(held.endContainer);
      if (!from || !to || from === to) return false;
      const first = top(held.startContainer);
      const last = top(held.endContainer);
      const parts = [document.createRange(), document.createRange()];
      parts[0].selectNodeContents(from);
      parts[0].setStart(held.startContainer, held.startOffset);
      parts[1].selectNodeContents(to);
      parts[1].setEnd(held.endContainer, held.endOffset);
      const whole = [];
      root.querySelectorAll("td, th").forEach(function (one) { if (one !== from && one !== to && held.intersectsNode(one)) whole.push(one); });
      for (let node = first.nextElementSibling; node && first !== last && node !== last;) {
        const next = node.nextElementSibling;
        node.remove();
        node = next;
      }
      parts.forEach(function (part) { part.deleteContents(); });
      whole.forEach(function (one) { one.replaceChildren(); });
      whole.concat(from, to).forEach(function (one) { if (!one.textContent) { one.replaceChildren(); filled(one, []); } });
      caretIn(from, true);
      if (first !== last && from === first && to === last) merge(first, last);
      number();
      return true;
    }
    function merge(first, last) {
      [first, last].forEach(function (node) { if (!node.textContent) node.replaceChildren(); });
      const place = document.createRange();
      const seam = first.lastChild;
      while (last.firstChild) first.append(last.firstChild);
      last.remove();
      if (!first.firstChild) { filled(first, []); caretIn(first, false); return; }
      if (seam) place.setStartAfter(seam); else place.setStart(first, 0);
      place.collapse(true);
      const chosen = document.getSelection();
      chosen.removeAllRanges();
      chosen.addRange(place);
    }
    function erase() {
      if (!wipe()) return false;
      record(false);
      return true;
    }
    // Backspace where there is nothing to take away before the caret. True when it was dealt with.
    function back() {
      if (erase()) return true;
      const held = range();
      if (!held || !held.collapsed) return false;
      const inCell = cell(held.startContainer);
      if (inCell) return isAtStart(held, inCell);
      const node = top(held.startContainer);
      if (!node || !isAtStart(held, node)) return false;
      if (node.dataset.tanda) { plain(node); number(); record(false); return true; }
      const before = node.previousElementSibling;
      if (!before) return true;
      if (before.nodeName === "P") { merge(before, node); number(); record(false); return true; }
      if (before.nodeName !== "TABLE") return false;
      if (!node.textContent && node.nextElementSibling) node.remove();
      const cells = before.querySelectorAll("td, th");
      caretIn(cells[cells.length - 1], true);
      record(false);
      return true;
    }
    function forward() {
      if (erase()) return true;
      const held = range();
      if (!held || !held.collapsed) return false;
      const inCell = cell(held.startContainer);
      if (inCell) return isAtEnd(held, inCell);
      const node = top(held.startContainer);
      const next = node && node.nextElementSibling;
      if (!next || !isAtEnd(held, node)) return false;
      if (next.nodeName === "P") { merge(node, next); number(); record(false); }
      return true;
    }
    // "1. " at the start of a paragraph begins a list. True when it was dealt with.
    function begun() {
      const held = range();
      const node = held && held.collapsed && top(held.startContainer);
      if (!node || node.nodeName !== "P" || node.dataset.tanda) return false;
      const before = document.createRange();
      before.selectNodeContents(node);
      before.setEnd(held.startContainer, held.startOffset);
      const typed = before.toString();
      if (!/^(?:-|\d{1,3}[.)]|[a-z][.)])$/.test(typed)) return false;
      const tanda = naskah.kind(typed);
      const above = node.previousElementSibling;
      if (!/^(?:-|[1a][.)])$/.test(typed) && !(above && above.dataset.tanda === tanda)) return false;
      before.deleteContents();
      node.dataset.tanda = tanda;
      node.dataset.tingkat = above && above.dataset.tanda === tanda ? above.dataset.tingkat : "0";
      if (!node.textContent) { node.replaceChildren(); filled(node, []); }
      caretIn(node, false);
      number();
      record(false);
      return true;
    }

    // Puts blocks where the caret is.
    function insert(blocks) {
      if (!wipe() && range()) range().deleteContents();
      const held = range();
      if (!held || !blocks.length) return;
      settle();
      const again = range() || held;
      const inCell = cell(again.startContainer);
      const line = blocks.map(function (one) {
        return one.tabel ? one.tabel.map(function (row) { return row.join(" "); }).join(" ") : one.p.map(function (piece) { return piece.t; }).join("");
      }).join(" ");
      const only = blocks.length === 1 && blocks[0].p && blocks[0].butir === undefined;
      if (inCell || only) {
        const whole = document.createDocumentFragment();
        const holder = filled(document.createElement("p"), inCell ? [{ t: line }] : blocks[0].p);
        const around = inCell || top(again.startContainer);
        if (around && !around.textContent) around.querySelectorAll("br").forEach(function (one) { one.remove(); });
        // A blank between what stands there and what comes.
        const before = document.createRange();
        if (around) { before.selectNodeContents(around); before.setEnd(again.startContainer, again.startOffset); }
        if (/\S$/.test(before.toString()) && /^\w/.test(holder.textContent) && /\w$/.test(before.toString())) whole.append(" ");
        while (holder.firstChild) whole.append(holder.firstChild);
        const last = whole.lastChild;
        again.insertNode(whole);
        again.setStartAfter(last);
        again.collapse(true);
        const chosen = document.getSelection();
        chosen.removeAllRanges();
        chosen.addRange(again);
      } else {
        let node = top(again.startContainer) || root.lastElementChild;
        let rest = null;
        if (node.nodeName === "P") {
          again.setEnd(node, node.childNodes.length);
          const after = again.extractContents();
          if (after.textContent.trim()) {
            rest = node.cloneNode(false);
            rest.append(after);
          }
        }
        const fresh = blocks.map(element);
        node.after.apply(node, fresh);
        const last = fresh[fresh.length - 1];
        if (rest) last.after(rest);
        if (node.nodeName === "P" && !node.textContent.trim()) node.remove();
        settle();
        caretIn(last.nodeName === "TABLE" ? last.nextElementSibling : last, true);
      }
      settle();
      record(false);
    }

    return {
      root: root, paint: paint, scan: scan, settle: settle, number: number, range: range, top: top, cell: cell, caretIn: caretIn,
      chosen: chosen, record: record, undo: function () { return go(-1); }, redo: function () { return go(1); }, kind: kind, level: level,
      split: split, wipe: wipe, erase: erase, back: back, forward: forward, begun: begun, insert: insert, element: element,
      canUndo: function () { return now > 0; }, canRedo: function () { return now < past.length - 1; }
    };
  };
})();
