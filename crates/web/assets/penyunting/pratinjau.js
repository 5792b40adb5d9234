// The picture beside the form: asked for when typing pauses, one at a time; what is older than the last word typed is dropped.
(function () {
  "use strict";
  const PAUSE_MS = 700;
  const AGAIN_MS = 500;

  function make(button) {
    const form = button.form;
    const address = button.getAttribute("formaction");
    if (!form || !address) return;
    const wide = window.matchMedia("(min-width: 1200px)");
    const side = document.createElement("section");
    side.className = "pratinjau";
    side.innerHTML = '<h2>Pratinjau</h2><p class="redup" role="status"></p><div class="pratinjau-kertas"><img alt="" hidden></div>' +
      '<div class="pratinjau-halaman" hidden><button type="button" class="tombol">Sebelumnya</button><span></span><button type="button" class="tombol">Berikutnya</button></div>';
    const status = side.querySelector("p");
    const picture = side.querySelector("img");
    const paper = side.querySelector(".pratinjau-kertas");
    const pager = side.querySelector(".pratinjau-halaman");
    const said = pager.querySelector("span");
    const dialog = document.createElement("dialog");
    dialog.className = "pratinjau-lapis";
    dialog.setAttribute("aria-label", "Pratinjau");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "tombol";
    close.textContent = "Tutup pratinjau";
    close.addEventListener("click", function () { dialog.close(); });
    dialog.append(close);
    document.body.append(dialog);

    let page = 1;
    let pages = 1;
    let timer = 0;
    let running = null;
    let asked = 0;

    async function ask() {
      clearTimeout(timer);
      if (running) running.abort();
      const stop = new AbortController();
      running = stop;
      const mine = ++asked;
      const data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string" && name !== "_kunci") data.append(name, value); });
      data.set("_gambar", "ya");
      data.set("_halaman", String(page));
      data.set("_lebar", String(Math.round(Math.min(1400, Math.max(400, paper.clientWidth * (window.devicePixelRatio || 1))))));
      side.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(address, { method: "POST", body: data, signal: stop.signal, headers: { accept: "application/json", "x-praja-skrip": "ya" } });
        if (!/json/.test(answer.headers.get("content-type") || "")) throw new Error(String(answer.status));
        const found = await answer.json();
        if (mine !== asked) return;
        if (found.sibuk) { timer = setTimeout(ask, AGAIN_MS); return; }
        side.removeAttribute("aria-busy");
        if (found.pesan) { status.textContent = found.pesan; side.classList.add("usang"); return; }
        page = found.halaman;
        pages = found.dari;
        picture.src = found.gambar;
        picture.alt = "Gambar halaman " + page + " dari " + pages + " naskah ini. Tombol " + button.textContent + " membukanya sebagai PDF yang dapat dibaca.";
        picture.hidden = false;
        side.classList.remove("usang");
        status.textContent = "";
        pager.hidden = pages < 2;
        said.textContent = "Halaman " + page + " dari " + pages;
        pager.firstChild.disabled = page <= 1;
        pager.lastChild.disabled = page >= pages;
      } catch (broken) {
        if (broken.name === "AbortError" || mine !== asked) return;
        side.removeAttribute("aria-busy");
        side.classList.add("usang");
        status.textContent = "Pratinjau belum dapat dibuat. Isian Anda tidak terganggu; pratinjau dicoba lagi saat Anda melanjutkan.";
      } finally {
        if (running === stop) running = null;
      }
    }
    function seen() { return wide.matches || dialog.open; }
    function later() {
      clearTimeout(timer);
      if (seen()) timer = setTimeout(ask, PAUSE_MS);
    }
    function turn(step) {
      page = Math.max(1, Math.min(pages, page + step));
      ask();
    }
    pager.firstChild.addEventListener("click", function () { turn(-1); });
    pager.lastChild.addEventListener("click", function () { turn(1); });
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("praja:terpilih", later);

    const frame = document.createElement("div");
    frame.className = "berdampingan";
    form.before(frame);
    frame.append(form);
    function place() {
      if (wide.matches) {
        if (dialog.open) dialog.close();
        frame.append(side);
        ask();
      } else dialog.prepend(side);
    }
    wide.addEventListener("change", place);
    // On a narrow screen the button shows the picture; beside it on a wide one, it opens the PDF.
    button.addEventListener("click", function (event) {
      if (wide.matches) return;
      event.preventDefault();
      form.querySelectorAll("textarea[data-naskah]").forEach(function (area) { area.dispatchEvent(new Event("praja:tulis")); });
      dialog.showModal();
      ask();
    });
    place();
  }

  window.praja.each("button[data-pratinjau]", make);
})();
