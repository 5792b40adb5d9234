// Dialogs, slips and forms that are sent by the script. Each falls back to the page it stands for.
(function () {
  "use strict";

  // A link to a decision opens that page's form over this one.
  let named = 0;
  function rename(part) {
    const mark = "dialog-" + (named += 1) + "-";
    part.querySelectorAll("[id]").forEach(function (node) { node.id = mark + node.id; });
    ["for", "aria-describedby", "aria-labelledby", "aria-controls"].forEach(function (name) {
      part.querySelectorAll("[" + name + "]").forEach(function (node) {
        node.setAttribute(name, node.getAttribute(name).split(" ").map(function (id) { return mark + id; }).join(" "));
      });
    });
    part.querySelectorAll('a[href^="#"]').forEach(function (node) { node.setAttribute("href", "#" + mark + node.getAttribute("href").slice(1)); });
  }

  function show(title, content, opener) {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const head = document.createElement("div");
    head.className = "dialog-kepala";
    const heading = document.createElement("h2");
    heading.id = "dialog-judul-" + (named += 1);
    heading.tabIndex = -1;
    heading.textContent = title;
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "tombol polos";
    shut.textContent = "Tutup";
    shut.addEventListener("click", function () { dialog.close(); });
    head.append(heading, shut);
    rename(content);
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.append(head, content);
    document.body.append(dialog);
    // The way back without doing anything leads to where the reader already is.
    dialog.addEventListener("click", function (event) {
      const way = event.target.closest(".kirim a");
      if (way && new URL(way.href).pathname === location.pathname) { event.preventDefault(); dialog.close(); }
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", function () { dialog.remove(); if (opener) opener.focus(); });
    dialog.showModal();
    window.praja.prepare(dialog);
    (content.querySelector("[autofocus]") || heading).focus();
  }

  document.addEventListener("click", async function (event) {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = page.querySelector("main .keputusan, main form.borang");
      const title = page.querySelector("main h1");
      if (!answer.ok || answer.redirected || !content || !title) throw new Error("not a decision");
      show(title.textContent, document.importNode(content, true), link);
    } catch (other) {
      location.href = link.href;
    }
  });

  // What just happened: a slip that goes by itself, unless there is something to press on it.
  window.praja.each("[data-kabar]", function (slip) {
    const shut = slip.querySelector(".kabar-tutup");
    if (!shut || slip.closest("[data-pola]")) return;
    slip.classList.add("melayang");
    shut.hidden = false;
    shut.addEventListener("click", function () { slip.remove(); });
    if (slip.hasAttribute("data-tetap")) return;
    let timer = 0;
    const wait = function () { clearTimeout(timer); timer = setTimeout(function () { slip.remove(); }, 8000); };
    const stay = function () { clearTimeout(timer); };
    slip.addEventListener("pointerenter", stay);
    slip.addEventListener("focusin", stay);
    slip.addEventListener("pointerleave", wait);
    slip.addEventListener("focusout", wait);
    wait();
  });

  // Forms with files: how far the sending is, and the files are not lost when something else must be corrected.
  function progress(form) {
    const box = document.createElement("div");
    box.className = "maju kirim-maju";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Pengiriman berkas");
    box.append(words, bar);
    form.querySelector(".kirim").before(box);
    return { box: box, words: words, bar: bar };
  }

  function keptFiles(form) {
    return Array.from(form.querySelectorAll('input[type="file"]')).filter(function (input) { return input.files.length; })
      .map(function (input) { return [input.name, input.files]; });
  }

  function again(html, files) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = document.importNode(page.querySelector("main"), true);
    document.querySelector("main").replaceWith(fresh);
    document.title = page.title;
    files.forEach(function (pair) {
      const input = fresh.querySelector('input[type="file"][name="' + pair[0] + '"]');
      if (!input) return;
      input.files = pair[1];
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    window.praja.prepare(fresh);
    files.forEach(function (pair) {
      const input = fresh.querySelector('input[type="file"][name="' + pair[0] + '"]');
      if (input) input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const summary = fresh.querySelector("[data-fokus]");
    if (summary) summary.focus();
    window.scrollTo(0, 0);
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || !keptFiles(form).length) return;
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    const data = new FormData(form);
    if (event.submitter && event.submitter.name) data.append(event.submitter.name, event.submitter.value);
    const files = keptFiles(form);
    const request = new XMLHttpRequest();
    const shown = progress(form);
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "tombol";
    stop.textContent = "Batalkan pengiriman";
    stop.addEventListener("click", function () { request.abort(); });
    shown.box.append(stop);
    const free = function (words) {
      shown.words.textContent = words;
      shown.bar.remove();
      stop.remove();
      window.praja.free(form);
    };
    request.upload.addEventListener("progress", function (step) {
      if (!step.lengthComputable) return;
      const share = Math.floor(step.loaded * 100 / step.total);
      shown.bar.value = share;
      shown.words.textContent = share < 100 ? "Mengirim berkas: " + share + " %" : "Berkas terkirim, sedang disimpan.";
    });
    request.addEventListener("abort", function () { free("Pengiriman dibatalkan. Isian dan berkas Anda masih di sini."); });
    request.addEventListener("error", function () {
      free("Sambungan terputus sebelum berkas terkirim. Isian dan berkas Anda masih di sini: kirim lagi bila sambungan kembali.");
    });
    request.addEventListener("load", function () {
      const type = request.getResponseHeader("content-type") || "";
      if (/json/.test(type)) { location.assign(JSON.parse(request.responseText).ke); return; }
      if (/html/.test(type)) { again(request.responseText, files); return; }
      free("Berkas belum tersimpan. Kirim lagi beberapa saat lagi.");
    });
    request.open("POST", form.action);
    request.setRequestHeader("x-praja-skrip", "ya");
    request.send(data);
  });
})();
