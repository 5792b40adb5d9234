// Acts on the table in which the caret stands.
(function () {
  "use strict";
  const naskah = window.praja.naskah;
  const MOST_COLUMNS = 12;

  naskah.table = function (sheet) {
    function at() {
      const held = sheet.range();
      const cell = held && sheet.cell(held.startContainer);
      return cell && { cell: cell, row: cell.parentNode, table: cell.closest("table"), column: cell.cellIndex };
    }
    function empty(name) {
      const cell = document.createElement(name);
      cell.append(document.createElement("br"));
      return cell;
    }
    function done(cell) {
      sheet.settle();
      if (cell) sheet.caretIn(cell, true);
      sheet.record(false);
    }
    function away(table) {
      const next = table.nextElementSibling;
      table.remove();
      sheet.settle();
      sheet.caretIn(next && next.parentNode ? next : sheet.root.lastElementChild, false);
      sheet.record(false);
    }
    return {
      at: at,
      add: function () {
        const held = sheet.range();
        if (held) held.collapse(false);
        if (at()) return;
        sheet.insert([{ tabel: [["", ""], ["", ""], ["", ""]], kepala: true }]);
        // The caret stands behind what was inserted.
        const here = sheet.range();
        const table = here && sheet.top(here.startContainer).previousElementSibling;
        if (table && table.nodeName === "TABLE") sheet.caretIn(table.rows[0].cells[0], false);
      },
      addRow: function () {
        const here = at();
        if (!here) return;
        const row = document.createElement("tr");
        Array.from(here.row.cells).forEach(function () { row.append(empty("td")); });
        here.row.after(row);
        done(row.cells[here.column]);
      },
      dropRow: function () {
        const here = at();
        if (!here) return;
        if (here.table.rows.length === 1) { away(here.table); return; }
        const next = here.table.rows[here.row.rowIndex + 1] || here.table.rows[here.row.rowIndex - 1];
        here.row.remove();
        done(next.cells[here.column]);
      },
      addColumn: function () {
        const here = at();
        if (!here || here.row.cells.length >= MOST_COLUMNS) return;
        Array.from(here.table.rows).forEach(function (row) {
          const cell = row.cells[here.column];
          cell.after(empty(cell.nodeName.toLowerCase()));
        });
        done(here.row.cells[here.column + 1]);
      },
      dropColumn: function () {
        const here = at();
        if (!here) return;
        if (here.row.cells.length === 1) { away(here.table); return; }
        Array.from(here.table.rows).forEach(function (row) { row.cells[here.column].remove(); });
        done(here.row.cells[Math.max(0, here.column - 1)]);
      },
      heading: function () {
        const here = at();
        if (!here) return;
        const name = here.table.rows[0].cells[0].nodeName === "TH" ? "td" : "th";
        let caret = here.cell;
        Array.from(here.table.rows[0].cells).forEach(function (cell) {
          const fresh = document.createElement(name);
          while (cell.firstChild) fresh.append(cell.firstChild);
          cell.replaceWith(fresh);
          if (cell === here.cell) caret = fresh;
        });
        done(caret);
      },
      drop: function () {
        const here = at();
        if (here) away(here.table);
      },
      // The cell before or behind; none at the ends, where the key leaves the editor.
      step: function (back) {
        const here = at();
        if (!here) return false;
        const cells = Array.from(here.table.querySelectorAll("td, th"));
        const next = cells[cells.indexOf(here.cell) + (back ? -1 : 1)];
        if (!next) return false;
        sheet.caretIn(next, true);
        return true;
      }
    };
  };
})();
