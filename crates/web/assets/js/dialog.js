// Dialogs and slips. Each falls back to the page it stands for.
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
})();
