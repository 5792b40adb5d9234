// Dates. Browsers show their own date field in the language they were installed in, which in many offices is English (month first).
// Where a mouse is used the field therefore becomes text as it is written here, 22/11/2026, with a calendar beside it. What is
// sent stays YYYY-MM-DD. Phones keep their own wheel.
(function () {
  "use strict";
  const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
  const DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
  const two = function (number) { return String(number).padStart(2, "0"); };

  // All dates here are UTC midnights: a date has no zone.
  function day(year, month, date) {
    const made = new Date(Date.UTC(year, month - 1, date));
    return made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? made : null;
  }
  const iso = function (date) { return date.toISOString().slice(0, 10); };
  const shown = function (date) { return two(date.getUTCDate()) + "/" + two(date.getUTCMonth() + 1) + "/" + date.getUTCFullYear(); };
  const words = function (date) {
    return DAYS[(date.getUTCDay() + 6) % 7] + ", " + date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
  };
  const moved = function (date, days) { return new Date(date.getTime() + days * 86400000); };

  function read(text) {
    const typed = text.trim();
    let parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
    if (parts) return day(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    parts = /^(\d{1,2})[-\/. ](\d{1,2})[-\/. ](\d{4})$/.exec(typed) || /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
    if (parts) return day(Number(parts[3]), Number(parts[2]), Number(parts[1]));
    parts = /^(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4})$/.exec(typed);
    const month = parts && MONTHS.findIndex(function (name) { return name.toLowerCase().startsWith(parts[2].toLowerCase()); });
    return parts && month >= 0 ? day(Number(parts[3]), month + 1, Number(parts[1])) : null;
  }

  function byMonths(date, months) {
    const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date.getUTCDate(), last)));
  }

  function field(box) {
    const input = box.querySelector("input");
    const button = box.querySelector("button");
    if (!input || !button || input.readOnly || !window.matchMedia("(pointer: fine)").matches) return;
    const low = input.min, high = input.max;
    const start = input.type === "date" ? read(input.value) : null;
    input.type = "text";
    input.inputMode = "numeric";
    input.autocomplete = "off";
    input.placeholder = "hh/bb/tttt";
    if (start) { input.value = shown(start); input.defaultValue = input.value; }
    button.hidden = false;
    input.addEventListener("change", function () {
      const typed = read(input.value);
      if (typed) input.value = shown(typed);
    });
    if (input.form) {
      input.form.addEventListener("formdata", function (event) {
        const typed = input.name && read(input.value);
        if (typed) event.formData.set(input.name, iso(typed));
      });
    }

    let panel = null;
    let at = null;
    const allowed = function (date) { return (!low || iso(date) >= low) && (!high || iso(date) <= high); };

    function close(back) {
      if (!panel) return;
      panel.remove();
      panel = null;
      button.setAttribute("aria-expanded", "false");
      if (back) button.focus();
    }

    function take(date) {
      input.value = shown(date);
      close(false);
      input.focus();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function turner(months, label, sign) {
      const turn = document.createElement("button");
      turn.type = "button";
      turn.className = "tombol polos";
      turn.setAttribute("aria-label", label);
      turn.textContent = sign;
      turn.addEventListener("click", function () { at = byMonths(at, months); draw(); panel.querySelectorAll(".kalender-kepala button")[months < 0 ? 0 : 1].focus(); });
      return turn;
    }

    function draw() {
      const chosen = read(input.value);
      const now = new Date();
      const today = day(now.getFullYear(), now.getMonth() + 1, now.getDate());
      panel.textContent = "";
      const head = document.createElement("div");
      head.className = "kalender-kepala";
      const title = document.createElement("strong");
      title.setAttribute("aria-live", "polite");
      title.textContent = MONTHS[at.getUTCMonth()] + " " + at.getUTCFullYear();
      head.append(turner(-1, "Bulan sebelumnya", "‹"), title, turner(1, "Bulan berikutnya", "›"));
      const table = document.createElement("table");
      table.setAttribute("role", "grid");
      table.setAttribute("aria-label", title.textContent);
      const names = table.createTHead().insertRow();
      DAYS.forEach(function (name) {
        const cell = document.createElement("th");
        cell.scope = "col";
        cell.abbr = name;
        cell.textContent = name.slice(0, 3);
        names.append(cell);
      });
      const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
      let date = moved(first, -((first.getUTCDay() + 6) % 7));
      const body = table.createTBody();
      do {
        const row = body.insertRow();
        for (let place = 0; place < 7; place += 1, date = moved(date, 1)) {
          const cell = row.insertCell();
          cell.setAttribute("role", "gridcell");
          const pick = document.createElement("button");
          const mine = date;
          pick.type = "button";
          pick.textContent = String(mine.getUTCDate());
          pick.setAttribute("aria-label", words(mine));
          pick.tabIndex = iso(mine) === iso(at) ? 0 : -1;
          pick.disabled = !allowed(mine);
          if (mine.getUTCMonth() !== at.getUTCMonth()) pick.className = "lain";
          if (today && iso(mine) === iso(today)) pick.setAttribute("aria-current", "date");
          if (chosen && iso(mine) === iso(chosen)) cell.setAttribute("aria-selected", "true");
          pick.addEventListener("click", function () { take(mine); });
          cell.append(pick);
        }
      } while (date.getUTCMonth() === at.getUTCMonth());
      panel.append(head, table);
    }

    function focusDay() {
      const target = panel.querySelector('td button[tabindex="0"]');
      if (target) target.focus();
    }

    button.addEventListener("click", function () {
      if (panel) { close(true); return; }
      const now = new Date();
      at = read(input.value) || day(now.getFullYear(), now.getMonth() + 1, now.getDate());
      panel = document.createElement("div");
      panel.className = "kalender";
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-label", "Pilih tanggal");
      draw();
      box.append(panel);
      button.setAttribute("aria-expanded", "true");
      focusDay();
      panel.addEventListener("keydown", function (event) {
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(true); return; }
        if (!event.target.closest("td")) return;
        const weekday = (at.getUTCDay() + 6) % 7;
        const next = {
          ArrowLeft: function () { return moved(at, -1); },
          ArrowRight: function () { return moved(at, 1); },
          ArrowUp: function () { return moved(at, -7); },
          ArrowDown: function () { return moved(at, 7); },
          Home: function () { return moved(at, -weekday); },
          End: function () { return moved(at, 6 - weekday); },
          PageUp: function () { return byMonths(at, event.shiftKey ? -12 : -1); },
          PageDown: function () { return byMonths(at, event.shiftKey ? 12 : 1); },
        }[event.key];
        if (!next) return;
        event.preventDefault();
        at = next();
        draw();
        focusDay();
      });
    });
    box.addEventListener("focusout", function (event) {
      if (panel && event.relatedTarget && !box.contains(event.relatedTarget)) close(false);
    });
    document.addEventListener("pointerdown", function (event) { if (panel && !box.contains(event.target)) close(false); });
  }

  window.praja.each("[data-tanggal]", field);
})();
