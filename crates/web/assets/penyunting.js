// The editor of long texts: paragraphs, lists with levels, tables, bold and slanted words. It writes the very text that can be typed into
// the field without it (modules/eoffice/src/naskah/isi.rs says how that reads), so that nothing depends on this file.
//
// A text is a list of blocks: {p: words}, {butir: level, tanda: "1.", p: words} or {tabel: rows of words, kepala: is the first a heading}.
// Words are pieces {t: text, b: bold, i: slanted}.
window.praja.naskah = (function () {
  "use strict";
  const DEEPEST = 3;
  const ITEM = /^(?:-|(\d{1,3})[.)]|([a-z])[.)]) /;

  // "3." → "1.", "c)" → "a)".
  function kind(mark) {
    if (mark === "-") return "-";
    return (/^\d/.test(mark) ? "1" : "a") + (/\)$/.test(mark) ? ")" : ".");
  }

  function escapedAt(text, at) { return text[at] === "\\" && /[*|\\]/.test(text[at + 1] || ""); }

  function find(text, mark, from) {
    for (let at = from; at < text.length; at += 1) {
      if (escapedAt(text, at)) at += 1;
      else if (text.startsWith(mark, at)) return at;
    }
    return -1;
  }

  function literal(text) { return text.replace(/\\([*|\\])/g, "$1"); }

  function pieces(text) {
    const all = [];
    let plain = "";
    for (let at = 0; at < text.length;) {
      if (escapedAt(text, at)) { plain += text[at + 1]; at += 2; continue; }
      const mark = ["***", "**", "*"].find(function (one) {
        return text.startsWith(one, at) && text[at + one.length] !== " " && find(text, one, at + one.length) > at + one.length;
      });
      if (!mark) { plain += text[at]; at += 1; continue; }
      if (plain) all.push({ t: plain, b: false, i: false });
      plain = "";
      const end = find(text, mark, at + mark.length);
      all.push({ t: literal(text.slice(at + mark.length, end)), b: mark.length > 1, i: mark.length !== 2 });
      at = end + mark.length;
    }
    if (plain) all.push({ t: plain, b: false, i: false });
    return all;
  }

  function cells(line) {
    const all = [];
    let from = line.match(/^\|+/)[0].length;
    for (;;) {
      const end = find(line, "|", from);
      if (end < 0) break;
      all.push(literal(line.slice(from, end).trim()));
      from = end + 1;
    }
    if (line.slice(from).trim()) all.push(literal(line.slice(from).trim()));
    return all;
  }

  function read(text) {
    const all = [];
    let words = [];
    let table = null;
    const end = function () {
      if (words.length) all.push({ p: pieces(words.join(" ")) });
      words = [];
    };
    text.replace(/\r\n?/g, "\n").split("\n").concat("").forEach(function (line) {
      const trimmed = line.trim();
      if (/^\|./.test(trimmed)) {
        end();
        const row = cells(trimmed);
        const rule = row.length > 0 && row.every(function (cell) { return /^[-: ]+$/.test(cell); });
        if (rule && table && table.tabel.length === 1) { table.kepala = true; return; }
        if (!table) { table = { tabel: [], kepala: false }; all.push(table); }
        table.tabel.push(row);
        return;
      }
      table = null;
      if (!trimmed) { end(); return; }
      if (trimmed[0] === "\\" && ITEM.test(trimmed.slice(1))) { words.push(trimmed.slice(1)); return; }
      if (ITEM.test(trimmed)) {
        end();
        const gap = trimmed.indexOf(" ");
        const indent = line.length - line.trimStart().length;
        all.push({ butir: Math.min(DEEPEST, indent >> 1), tanda: kind(trimmed.slice(0, gap)), p: pieces(trimmed.slice(gap + 1).trim()) });
        return;
      }
      words.push(trimmed);
    });
    return all;
  }

  // Neighbours of one style as one, blanks as one, none at the ends; where a style ends in a blank, the blank stands outside.
  function tidy(words) {
    const all = [];
    words.forEach(function (one) {
      const text = one.t.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "").replace(/\s+/g, " ");
      if (!text) return;
      const inner = text.trim();
      if (!inner || (!one.b && !one.i)) { all.push({ t: text, b: false, i: false }); return; }
      if (text[0] === " ") all.push({ t: " ", b: false, i: false });
      all.push({ t: inner, b: !!one.b, i: !!one.i });
      if (/ $/.test(text)) all.push({ t: " ", b: false, i: false });
    });
    const joined = [];
    all.forEach(function (one) {
      const last = joined[joined.length - 1];
      if (last && last.b === one.b && last.i === one.i) last.t = (last.t + one.t).replace(/ +/g, " ");
      else if (last && / $/.test(last.t) && one.t[0] === " ") joined.push({ t: one.t.slice(1), b: one.b, i: one.i });
      else joined.push(Object.assign({}, one));
    });
    if (joined.length) {
      joined[0].t = joined[0].t.trimStart();
      joined[joined.length - 1].t = joined[joined.length - 1].t.trimEnd();
    }
    return joined.filter(function (one) { return one.t; });
  }

  function styled(words) {
    return tidy(words).map(function (one) {
      const text = one.t.replace(/[*\\]/g, "\\$&");
      const mark = (one.b ? "**" : "") + (one.i ? "*" : "");
      return mark + text + mark;
    }).join("");
  }

  // The numbers that items of a text show: one list goes on until something else, a higher level or another mark comes.
  function numbers(blocks) {
    let counts = [];
    return blocks.map(function (block) {
      if (block.butir === undefined) { counts = []; return ""; }
      counts.length = Math.min(counts.length, block.butir + 1);
      const known = counts[block.butir];
      const next = known && known.tanda === block.tanda ? known.n + 1 : 1;
      counts[block.butir] = { tanda: block.tanda, n: next };
      if (block.tanda === "-") return "-";
      const end = block.tanda[1];
      return (block.tanda[0] === "1" ? String(Math.min(next, 999)) : String.fromCharCode(96 + Math.min(next, 26))) + end;
    });
  }

  function write(blocks) {
    const marks = numbers(blocks);
    let out = "";
    let before = "";
    blocks.forEach(function (block, at) {
      let text, sort;
      if (block.tabel) {
        const wide = Math.max.apply(null, block.tabel.map(function (row) { return row.length; }).concat(1));
        const lines = block.tabel.map(function (row) {
          let line = "|";
          for (let place = 0; place < wide; place += 1) line += " " + (row[place] || "").replace(/\s+/g, " ").trim().replace(/[|\\]/g, "\\$&") + " |";
          return line;
        });
        if (block.kepala) lines.splice(1, 0, "|" + " --- |".repeat(wide));
        text = lines.join("\n");
        sort = "tabel";
      } else {
        const words = styled(block.p);
        if (!words) return;
        if (block.butir !== undefined) {
          text = "  ".repeat(block.butir) + marks[at] + " " + words;
          sort = "butir";
        } else {
          text = ITEM.test(words) ? "\\" + words : words.replace(/^\|/, "\\|");
          sort = "p";
        }
      }
      if (out) out += sort === "butir" && before === "butir" ? "\n" : "\n\n";
      out += text;
      before = sort;
    });
    return out;
  }

  return { DEEPEST: DEEPEST, read: read, write: write, numbers: numbers, kind: kind, pieces: pieces, tidy: tidy, ITEM: ITEM };
})();
