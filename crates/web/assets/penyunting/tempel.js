// What is pasted from a word processor, a spreadsheet or a page becomes paragraphs, items and tables; everything else of it stays behind.
(function () {
  "use strict";
  const naskah = window.praja.naskah;
  const BLOCKS = /^(?:P|DIV|H[1-6]|BLOCKQUOTE|PRE|SECTION|ARTICLE|HEADER|FOOTER|MAIN|ASIDE|ADDRESS|FIGURE|FIGCAPTION|DL|DT|DD|UL|OL|LI|TABLE|CENTER|FORM|FIELDSET|BODY|HR)$/;
  const SILENT = /^(?:STYLE|SCRIPT|META|LINK|TITLE|HEAD|XML|IMG|SVG|VIDEO|AUDIO|CANVAS|IFRAME|OBJECT|EMBED|BUTTON|INPUT|SELECT|TEXTAREA|NOSCRIPT|TEMPLATE|DEL|COLGROUP|COL|V:.*|W:.*)$/;
  const ROMAN = /^[ivx]{2,}$/;

  function style(node) { return (node.getAttribute("data-gaya") || node.getAttribute("style") || "").toLowerCase(); }

  // What a page would apply or run goes under another name before anything is parsed: it is read, and never takes effect.
  function tame(html) {
    return html.replace(/<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "").replace(/<[^>]+>/g, function (tag) {
      return tag.replace(/([\s"'\/])style\s*=/gi, "$1 data-gaya=").replace(/([\s"'\/])on[a-z]+\s*=/gi, "$1 data-mati=");
    });
  }

  function value(text, name) {
    const found = text.match(new RegExp("(?:^|;)\\s*" + name + "\\s*:\\s*([^;]+)"));
    return found ? found[1].trim() : "";
  }

  function isSilent(node) {
    if (SILENT.test(node.nodeName.toUpperCase())) return true;
    const own = style(node);
    return /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|mso-list\s*:\s*ignore|mso-element\s*:\s*(?:comment-list|header|footer)|mso-footnote-id|mso-endnote-id|mso-comment-reference/.test(own) ||
      node.getAttribute("aria-hidden") === "true" || /\b(?:MsoCommentReference|ListMarker|EOP)\b/.test(node.className || "");
  }

  function looks(node, inherited) {
    const own = style(node);
    const weight = value(own, "font-weight");
    const slant = value(own, "font-style");
    const name = node.nodeName;
    let bold = inherited.b || name === "B" || name === "STRONG";
    let slanted = inherited.i || name === "I" || name === "EM" || name === "CITE";
    if (weight) bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
    if (slant) slanted = slant === "italic" || slant === "oblique";
    return { b: bold, i: slanted };
  }

  // "1.", "(a)", "iv)", "·" as a kind of mark; a single i, v or x may be a letter or a Roman number.
  function markOf(text) {
    const bare = text.replace(/\s+/g, "").replace(/^\(/, "");
    const found = bare.match(/^(?:\d+\.)*(\d{1,3}|[a-z]{1,5})([.)])$/i);
    if (!found) return /^\d+(?:\.\d+)+$/.test(bare) ? "1." : "-";
    const end = found[2];
    const name = found[1].toLowerCase();
    if (/^\d/.test(name)) return "1" + end;
    if (ROMAN.test(name)) return "i" + end;
    return name.length > 1 ? "-" : (/[ivx]/.test(name) ? "?" : "a") + end;
  }

  function listKind(item, list) {
    const named = value(style(item), "list-style-type") || value(style(list), "list-style-type") || (list.getAttribute("type") || "");
    if (/^(?:lower|upper)-(?:alpha|latin)$|^a$/i.test(named)) return "a.";
    if (/^(?:disc|circle|square|none)$/.test(named) || (list.nodeName === "UL" && !/decimal|roman/.test(named))) return "-";
    return "1.";
  }

  // The same list has one kind of mark: what looked like a letter is a Roman number where its neighbours are.
  function settle(blocks) {
    blocks.forEach(function (block, at) {
      if (!block.tanda || !/^[?i]/.test(block.tanda)) return;
      const end = block.tanda[1];
      const near = function (step) {
        for (let place = at + step; blocks[place] && blocks[place].butir !== undefined; place += step) {
          if (blocks[place].butir === block.butir) return blocks[place].tanda;
          if (blocks[place].butir < block.butir) break;
        }
        return "";
      };
      const roman = block.tanda[0] === "i" || /^[i1]/.test(near(1)) || /^1/.test(near(-1));
      block.tanda = (roman ? "1" : "a") + end;
    });
  }

  function clean(html) {
    const page = new DOMParser().parseFromString(tame(html), "text/html");
    const all = [];
    let words = [];
    let item = null;
    function end() {
      const kept = naskah.tidy(words);
      words = [];
      if (!kept.length) return;
      if (item) { all.push({ butir: item.butir, tanda: item.tanda, p: kept }); item = null; return; }
      // A number that was typed by hand makes an item as well.
      const first = kept[0];
      const typed = first.t.match(/^(?:([•·▪►§\uf0b7\uf0a7–-])|\(?(\d{1,2}|[a-z])([.)]))\s+(?=\S)/);
      if (typed && first.t.length > typed[0].length) {
        first.t = first.t.slice(typed[0].length);
        all.push({ butir: 0, tanda: typed[1] ? "-" : naskah.kind(typed[2] + typed[3]), p: kept });
      } else all.push({ p: kept });
    }
    function text(node, look) { words.push({ t: node.nodeValue, b: look.b, i: look.i }); }

    function listed(node) {
      const found = style(node).match(/mso-list\s*:\s*\S+\s+level(\d)/);
      if (!found) return null;
      const mark = Array.from(node.querySelectorAll("span, font")).find(function (one) { return /mso-list\s*:\s*ignore/.test(style(one)); });
      if (!mark) return null;
      return { butir: Math.min(naskah.DEEPEST, Number(found[1]) - 1), tanda: markOf(mark.textContent) };
    }

    function depth(node) {
      const said = Number(node.getAttribute("aria-level") || node.getAttribute("data-aria-level") || 0);
      if (said) return Math.min(naskah.DEEPEST, said - 1);
      let found = -1;
      for (let up = node.parentNode; up && up.nodeName !== "BODY"; up = up.parentNode) if (/^[UO]L$/.test(up.nodeName)) found += 1;
      return Math.min(naskah.DEEPEST, Math.max(0, found));
    }

    function table(node) {
      const rows = [];
      const held = [];
      let heading = false;
      Array.from(node.rows).forEach(function (row, at) {
        const line = [];
        const put = function (words) {
          while (held[line.length] > 0) { held[line.length] -= 1; line.push(""); }
          line.push(words);
        };
        let bold = row.cells.length > 0;
        Array.from(row.cells).forEach(function (cell) {
          const inner = clean(cell.innerHTML);
          const flat = inner.map(function (block) {
            return block.tabel ? block.tabel.map(function (one) { return one.join(" "); }).join(" ") : block.p.map(function (one) { return one.t; }).join("");
          });
          const words = flat.join(" ");
          put(words);
          const place = line.length - 1;
          const wide = Math.min(30, cell.colSpan || 1);
          const look = looks(cell, { b: false, i: false }).b || cell.nodeName === "TH";
          if (words && !look && !inner.every(function (block) { return block.p && block.p.every(function (one) { return one.b; }); })) bold = false;
          for (let more = 1; more < wide; more += 1) put("");
          if (cell.rowSpan > 1) for (let more = 0; more < wide; more += 1) held[place + more] = Math.min(500, cell.rowSpan) - 1;
        });
        while (held[line.length] > 0) { held[line.length] -= 1; line.push(""); }
        if (at === 0) heading = line.some(function (one) { return one; }) && (row.parentNode.nodeName === "THEAD" || bold);
        rows.push(line);
      });
      const filled = rows.filter(function (row) { return row.some(function (one) { return one; }); });
      if (!filled.length) return;
      // A frame around a page is no table.
      if (node.rows.length === 1 && node.rows[0].cells.length === 1) { inside(node.rows[0].cells[0], { b: false, i: false }); end(); return; }
      all.push({ tabel: filled, kepala: heading && filled.length > 1 });
    }

    function inside(node, look) { node.childNodes.forEach(function (child) { walk(child, look); }); }

    function walk(node, look) {
      if (node.nodeType === 3) { text(node, look); return; }
      if (node.nodeType !== 1 || isSilent(node)) return;
      const name = node.nodeName;
      if (name === "BR") { if (item) words.push({ t: " ", b: false, i: false }); else end(); return; }
      if (name === "TABLE") { end(); item = null; table(node); return; }
      if (name === "SUP" && /^[123]$/.test(node.textContent.trim())) {
        words.push({ t: "¹²³"[Number(node.textContent) - 1], b: look.b, i: look.i });
        return;
      }
      const now = looks(node, look);
      if (!BLOCKS.test(name)) { inside(node, now); return; }
      if (name === "LI") {
        end();
        item = { butir: depth(node), tanda: listKind(node, node.parentNode) };
        inside(node, now);
        end();
        item = null;
        return;
      }
      const word = listed(node);
      // The paragraph within an item is the item.
      if (!(item && !word && !words.some(function (one) { return one.t.trim(); }))) end();
      if (word) item = word;
      inside(node, /^H[1-6]$/.test(name) && !/font-weight/.test(style(node)) ? { b: true, i: now.i } : now);
      if (item && /^[UO]L$/.test(name)) return;
      end();
      if (word) item = null;
    }
    inside(page.body, { b: false, i: false });
    end();
    settle(all);
    return all;
  }

  // Plain text: with blank lines it reads as our own, without them every line stands alone.
  function plain(text) {
    const lines = text.replace(/\r\n?/g, "\n").replace(/[\t\u00a0]/g, " ").trim();
    const marked = lines.replace(/^( *)(?:[•·▪►§\uf0b7\uf0a7–—]|o(?= {2})) +(?=\S)/gm, "$1- ");
    return naskah.read(/\n\s*\n/.test(marked) || /^\s*\|/m.test(marked) ? marked : marked.replace(/\n/g, "\n\n"));
  }

  naskah.clean = clean;
  naskah.looks = looks;
  naskah.plain = plain;
})();
