// Number, date, code and signature are placed on pictures of the pages: a click places the chosen block, dragging and arrow keys move it. The
// fields in millimetres below stay what is sent, and follow.
(function () {
  "use strict";

  function make(board) {
    const address = board.dataset.alamat;
    const sizes = board.dataset.ukuran.split(";").map(function (one) { return one.split("x").map(Number); });
    const caps = board.dataset.cap.split(";").map(function (one) {
      const part = one.split("|");
      const field = function (name) { return document.getElementById("f-" + part[0] + "_" + name); };
      return {
        word: part[0], label: part[1], wide: Number(part[2]), tall: Number(part[3]), leastWide: Number(part[4]), leastTall: Number(part[5]),
        fields: [field("halaman"), field("x"), field("y")], must: part[0] === "ttd"
      };
    });
    if (!sizes.length || caps.some(function (cap) { return cap.fields.some(function (one) { return !one; }); })) return;

    let chosen = caps[0];
    let page = 1;
    board.replaceChildren();
    const tools = document.createElement("div");
    tools.className = "papan-alat";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Yang dipasang");
    const picks = caps.map(function (cap) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tombol";
      button.textContent = cap.label;
      button.addEventListener("click", function () {
        choose(cap);
        const at = where(cap);
        if (at && at.page !== page) turn(at.page);
        say(at ? cap.label + " ada di halaman " + at.page + ". Tekan gambar halaman untuk memindahkannya." : "Tekan gambar halaman untuk memasang " + small(cap.label) + ".");
      });
      tools.append(button);
      return button;
    });
    const away = document.createElement("button");
    away.type = "button";
    away.className = "tombol";
    away.textContent = "Lepas";
    away.addEventListener("click", function () { remove(chosen); });
    tools.append(away);

    const hint = document.createElement("p");
    hint.className = "petunjuk";
    const keys = window.matchMedia("(any-hover: hover) and (any-pointer: fine)").matches;
    hint.textContent = "Pilih yang dipasang, lalu tekan tempatnya pada halaman. Geser dengan " +
      (keys ? "tetikus atau jari; dengan papan ketik: panah 1 mm, Shift+panah 10 mm, Delete melepas." : "jari, atau pilih lalu tekan Lepas.");
    const pager = document.createElement("div");
    pager.className = "papan-halaman";
    const before = document.createElement("button");
    const after = document.createElement("button");
    const said = document.createElement("span");
    [before, after].forEach(function (button) { button.type = "button"; button.className = "tombol"; });
    before.textContent = "Halaman sebelumnya";
    after.textContent = "Halaman berikutnya";
    before.addEventListener("click", function () { turn(page - 1); });
    after.addEventListener("click", function () { turn(page + 1); });
    pager.append(before, said, after);
    pager.hidden = sizes.length < 2;
    const sheet = document.createElement("div");
    sheet.className = "papan-lembar";
    const picture = document.createElement("img");
    sheet.append(picture);
    const words = document.createElement("p");
    words.className = "papan-kata";
    words.setAttribute("role", "status");
    board.append(hint, tools, pager, sheet, words);
    picture.addEventListener("error", function () { say("Halaman ini tidak dapat digambar. Isi letaknya dengan angka di bawah.", true); });

    // Within a sentence; abbreviations stay.
    function small(label) {
      return label.charAt(0).toLowerCase() + label.slice(1);
    }
    function say(text, wrong) {
      words.textContent = text;
      words.classList.toggle("salah", !!wrong);
    }
    function choose(cap) {
      chosen = cap;
      picks.forEach(function (button, at) { button.setAttribute("aria-pressed", String(caps[at] === cap)); });
      away.hidden = cap.must;
      draw();
    }
    function where(cap) {
      const value = cap.fields.map(function (field) { return field.value.trim() === "" ? NaN : Number(field.value); });
      if (!(value[0] >= 1 && value[0] <= sizes.length) || value.some(isNaN)) return null;
      return { page: value[0], x: value[1], y: value[2] };
    }
    function outside(cap, at) {
      const size = sizes[at.page - 1];
      return at.x < 0 || at.y < 0 || at.x > Math.round(size[0]) - cap.leastWide || at.y > Math.round(size[1]) - cap.leastTall;
    }
    function covered(cap, at) {
      return caps.find(function (other) {
        const there = other === cap ? null : where(other);
        return there && there.page === at.page && at.x < there.x + other.wide && there.x < at.x + cap.wide &&
          at.y < there.y + other.tall && there.y < at.y + cap.tall;
      });
    }
    // Puts a block there, or says why not.
    function put(cap, at) {
      at = { page: at.page, x: Math.round(at.x), y: Math.round(at.y) };
      if (outside(cap, at)) {
        say(cap.label + " tidak muat di sini: perlu " + cap.leastWide + " × " + cap.leastTall + " mm ke kanan dan ke bawah.", true);
        draw();
        return false;
      }
      const now = where(cap);
      const other = covered(cap, at);
      if (other && !(now && covered(cap, now))) {
        say(cap.label + " akan bertumpuk dengan " + small(other.label) + ". Pilih tempat lain.", true);
        draw();
        return false;
      }
      [at.page, at.x, at.y].forEach(function (value, place) {
        cap.fields[place].value = String(value);
        cap.fields[place].dispatchEvent(new Event("input", { bubbles: true }));
      });
      say(cap.label + ": halaman " + at.page + ", " + at.x + " mm dari kiri, " + at.y + " mm dari atas.");
      draw();
      return true;
    }
    function remove(cap) {
      if (cap.must) return;
      cap.fields.forEach(function (field) {
        field.value = "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      say(cap.label + " tidak dipasang.");
      draw();
    }
    function turn(to) {
      page = Math.max(1, Math.min(sizes.length, to));
      const size = sizes[page - 1];
      const wide = Math.round(Math.min(1600, Math.max(400, (sheet.clientWidth || 680) * (window.devicePixelRatio || 1))));
      picture.width = 1000;
      picture.height = Math.round(1000 * size[1] / size[0]);
      picture.src = address + page + "/berkas?lebar=" + wide;
      picture.alt = "Gambar halaman " + page + " dari " + sizes.length;
      said.textContent = "Halaman " + page + " dari " + sizes.length;
      before.disabled = page === 1;
      after.disabled = page === sizes.length;
      draw();
    }
    // Millimetres of a point on the screen.
    function point(event) {
      const box = picture.getBoundingClientRect();
      const size = sizes[page - 1];
      return { x: (event.clientX - box.left) * size[0] / box.width, y: (event.clientY - box.top) * size[1] / box.height };
    }

    const marks = caps.map(function (cap) {
      const mark = document.createElement("button");
      mark.type = "button";
      mark.className = "papan-cap";
      mark.dataset.capWord = cap.word;
      let held = null;
      mark.addEventListener("pointerdown", function (event) {
        if (event.button) return;
        const from = point(event);
        const at = where(cap);
        held = { dx: from.x - at.x, dy: from.y - at.y, at: at, moved: false };
        mark.setPointerCapture(event.pointerId);
        choose(cap);
      });
      mark.addEventListener("pointermove", function (event) {
        if (!held) return;
        const to = point(event);
        const size = sizes[page - 1];
        held.to = {
          page: page,
          x: Math.max(0, Math.min(Math.round(size[0]) - cap.leastWide, Math.round(to.x - held.dx))),
          y: Math.max(0, Math.min(Math.round(size[1]) - cap.leastTall, Math.round(to.y - held.dy)))
        };
        held.moved = held.moved || held.to.x !== held.at.x || held.to.y !== held.at.y;
        set(mark, cap, held.to);
      });
      const drop = function () {
        if (!held) return;
        const done = held;
        held = null;
        if (done.moved) put(cap, done.to); else draw();
      };
      mark.addEventListener("pointerup", drop);
      mark.addEventListener("pointercancel", function () { held = null; draw(); });
      mark.addEventListener("focus", function () { if (chosen !== cap) choose(cap); });
      mark.addEventListener("keydown", function (event) {
        const step = event.shiftKey ? 10 : 1;
        const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
        const at = where(cap);
        if (event.key === "Delete" && !cap.must) { event.preventDefault(); remove(cap); picks[caps.indexOf(cap)].focus(); return; }
        if (!way || !at) return;
        event.preventDefault();
        put(cap, { page: at.page, x: at.x + way[0], y: at.y + way[1] });
      });
      sheet.append(mark);
      return mark;
    });
    function set(mark, cap, at) {
      const size = sizes[at.page - 1];
      mark.style.left = at.x * 100 / size[0] + "%";
      mark.style.top = at.y * 100 / size[1] + "%";
      mark.style.width = Math.min(cap.wide, size[0] - at.x) * 100 / size[0] + "%";
      mark.style.height = cap.tall * 100 / size[1] + "%";
    }
    function draw() {
      caps.forEach(function (cap, index) {
        const at = where(cap);
        const mark = marks[index];
        const seen = !!at && at.page === page;
        mark.hidden = !seen;
        mark.classList.toggle("dipilih", cap === chosen);
        mark.textContent = cap.label;
        if (seen) {
          set(mark, cap, at);
          mark.setAttribute("aria-label", cap.label + ", " + at.x + " mm dari kiri, " + at.y + " mm dari atas. Geser dengan panah.");
        }
      });
    }
    sheet.addEventListener("click", function (event) {
      if (event.target.closest(".papan-cap")) return;
      const at = point(event);
      if (put(chosen, { page: page, x: at.x, y: at.y })) marks[caps.indexOf(chosen)].focus({ preventScroll: true });
    });
    caps.forEach(function (cap) {
      cap.fields.forEach(function (field) { field.addEventListener("change", draw); });
    });
    choose(chosen);
    const first = where(caps[0]) || where(caps[caps.length - 1]);
    turn(first ? first.page : 1);
  }

  window.praja.each("[data-papan]", make);
})();
