// Small enhancements. Every journey works without this file: nothing here is needed to read, fill in or send a page.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Prepares what is in the page, and later what a dialog or an answer brings in.
  const makers = [];
  const praja = window.praja = {
    each: function (selector, make) {
      makers.push([selector, make]);
      document.querySelectorAll(selector).forEach(function (node) { make(node); });
    },
    prepare: function (part) {
      makers.forEach(function (pair) { part.querySelectorAll(pair[0]).forEach(function (node) { pair[1](node); }); });
    },
    // A form that was held back may be sent again.
    free: function (form) {
      delete form.dataset.terkirim;
      form.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
    }
  };

  // "/" goes to the search box, as long as nothing is being typed.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector('[data-pintas="/"]');
    if (!box || !box.offsetParent) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The rail folds to icons; the browser remembers. Storage may be closed to us.
  const fold = document.querySelector("[data-lipat]");
  function folded(now) {
    document.body.classList.toggle("lipat", now);
    fold.setAttribute("aria-expanded", String(!now));
    fold.querySelector("span").textContent = now ? "Lebarkan menu" : "Ciutkan menu";
  }
  if (fold) {
    try { folded(localStorage.getItem("praja-lipat") === "ya"); } catch (closed) { /* starts unfolded */ }
    fold.addEventListener("click", function () {
      const now = !document.body.classList.contains("lipat");
      folded(now);
      try { localStorage.setItem("praja-lipat", now ? "ya" : "tidak"); } catch (closed) { /* forgotten on the next page */ }
    });
  }

  // Menus close with Escape and with a click elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A row opens on click; its link does so on Enter by itself. Selecting text is no click.
  document.addEventListener("click", function (event) {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, summary")) return;
    if (String(window.getSelection())) return;
    const link = row.querySelector("a[href]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });

  // The summary of problems takes the focus, so that it is read first.
  const summary = document.querySelector("[data-fokus]");
  if (summary && !summary.closest("[data-pola]")) summary.focus();

  // Where a row is wider than a phone its present one comes into view: the row moves, never the page.
  praja.each(".tab, .saring", function (row) {
    const now = row.querySelector("[aria-current]");
    if (!now || row.scrollWidth <= row.clientWidth) return;
    const at = now.getBoundingClientRect(), all = row.getBoundingClientRect();
    row.scrollLeft += at.left - all.left - (all.width - at.width) / 2;
  });

  // Text areas grow with what is typed.
  praja.each("textarea[data-tumbuh]", function (area) {
    function grow() {
      area.style.height = "auto";
      area.style.height = Math.min(area.scrollHeight + 2, 640) + "px";
    }
    if (area.value) grow();
    area.addEventListener("input", grow);
  });

  // Names and sizes of chosen files, and a word when one is too large.
  function size(bytes) {
    if (bytes < 1024 * 1024) return Math.max(1, Math.round(bytes / 1024)) + " KiB";
    return (bytes / 1024 / 1024).toFixed(1).replace(".0", "").replace(".", ",") + " MiB";
  }
  praja.each('.isian input[type="file"]', function (input) {
    const output = input.closest(".isian").querySelector("output.berkas");
    if (!output) return;
    input.addEventListener("change", function () {
      const limit = Number(input.dataset.palingBesar || 0);
      const files = Array.from(input.files);
      const large = files.some(function (file) { return limit && file.size > limit; });
      output.textContent = files.map(function (file) { return file.name + " (" + size(file.size) + ")"; }).join(", ") +
        (large ? ". Terlalu besar: pilih berkas paling besar " + size(limit) + "." : "");
      output.classList.toggle("lewat-batas", large);
    });
  });

  // Ask before something typed is left behind; what the server keeps while it is typed is not left behind.
  const typed = new Set();
  document.addEventListener("input", function (event) { if (event.target.form && event.target.form.matches("[data-jaga]")) typed.add(event.target.form); });
  document.addEventListener("praja:tersimpan", function (event) { typed.delete(event.target); });
  document.addEventListener("submit", function (event) { if (event.target.matches("[data-jaga]") && !(event.submitter && event.submitter.formTarget)) typed.clear(); });
  window.addEventListener("beforeunload", function (event) { if (typed.size) event.preventDefault(); });

  // A form is sent once. The button is not disabled at once: its name and value travel with the form.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    // What opens beside the page leaves the form as it is.
    if (!form.matches("form[data-sekali]") || (event.submitter && event.submitter.formTarget)) return;
    if (form.dataset.terkirim) { event.preventDefault(); return; }
    form.dataset.terkirim = "ya";
    form.querySelectorAll('button[type="submit"]').forEach(function (button) { button.setAttribute("aria-busy", "true"); });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-terkirim]").forEach(praja.free);
  });

  document.querySelectorAll("[data-halaman-cetak]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  // On paper everything that folds is open.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (fold) { fold.open = true; fold.dataset.cetak = "ya"; });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("main details[data-cetak]").forEach(function (fold) { fold.open = false; delete fold.dataset.cetak; });
  });

  // What is being done is shown as it goes on: the element is asked for anew until it no longer says so, then the whole page.
  function renew(part) {
    setTimeout(function () {
      fetch(location.href, { headers: { accept: "text/html" } }).then(function (answer) { return answer.text(); }).then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
        if (!fresh || !fresh.dataset.segarkan) { location.reload(); return; }
        part.replaceWith(fresh);
        renew(fresh);
      }).catch(function () { renew(part); });
    }, Number(part.dataset.segarkan) || 2000);
  }
  document.querySelectorAll("[data-segarkan][id]").forEach(renew);

  // What is only noted because the page was opened (an order was read) is sent by itself; without the script a button does it.
  document.querySelectorAll("form[data-otomatis]").forEach(function (form) {
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.ok) form.hidden = true;
    }).catch(function () {});
  });
})();
