// Long forms: one step at a time, and what is typed is kept while it is typed.
(function () {
  "use strict";

  function wizard(form) {
    const steps = Array.from(form.querySelectorAll(".langkah-isi"));
    const doors = Array.from(form.querySelectorAll(".langkah-daftar a"));
    const foot = form.querySelector(".kirim");
    if (steps.length < 2 || !foot) return;
    form.classList.add("bertahap");
    const turn = document.createElement("div");
    turn.className = "langkah-putar";
    const back = document.createElement("button");
    const next = document.createElement("button");
    [back, next].forEach(function (button) { button.type = "button"; button.className = "tombol"; });
    back.textContent = "Kembali ke langkah sebelumnya";
    next.textContent = "Lanjut ke langkah berikutnya";
    next.classList.add("utama");
    turn.append(back, next);
    foot.before(turn);

    let at = 0;
    function go(to, focus) {
      at = to;
      steps.forEach(function (step, place) { step.hidden = place !== at; });
      doors.forEach(function (door, place) {
        if (place === at) door.setAttribute("aria-current", "step"); else door.removeAttribute("aria-current");
      });
      back.hidden = at === 0;
      next.hidden = at === steps.length - 1;
      foot.hidden = at !== steps.length - 1;
      if (!focus) return;
      const heading = steps[at].querySelector("h2");
      heading.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
    back.addEventListener("click", function () { go(at - 1, true); });
    next.addEventListener("click", function () { go(at + 1, true); });
    doors.forEach(function (door, place) {
      door.addEventListener("click", function (event) { event.preventDefault(); go(place, true); });
    });
    // The summary of problems leads to a field that may be in another step.
    form.addEventListener("click", function (event) {
      const link = event.target.closest('.ringkasan a[href^="#"]');
      const field = link && document.getElementById(link.getAttribute("href").slice(1));
      const place = field ? steps.findIndex(function (step) { return step.contains(field); }) : -1;
      if (place < 0) return;
      event.preventDefault();
      go(place, false);
      field.focus();
    });
    // Enter in a field goes on instead of sending a form that is not seen whole.
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.defaultPrevented || at === steps.length - 1) return;
      if (!event.target.matches("input:not([type=submit], [type=button])")) return;
      event.preventDefault();
      go(at + 1, true);
    });
    const wrong = steps.findIndex(function (step) { return step.querySelector(".salah"); });
    go(wrong < 0 ? 0 : wrong, false);
  }

  function autosave(form) {
    const told = form.querySelector(".draf-keadaan");
    if (!told) return;
    let timer = 0;
    let last = "";
    function typed() {
      const data = new FormData(form);
      const pairs = new URLSearchParams();
      data.forEach(function (value, name) { if (typeof value === "string" && name !== "_kunci") pairs.append(name, value); });
      if (form.dataset.draf) pairs.set("_formulir", form.dataset.draf);
      pairs.set("_skrip", "ya");
      return pairs;
    }
    async function save() {
      const pairs = typed();
      const now = pairs.toString();
      if (now === last || form.dataset.terkirim) return;
      try {
        const answer = await fetch(form.dataset.drafKe || "/desk/draf", { method: "POST", body: pairs, headers: { accept: "application/json", "x-praja-skrip": "ya" } });
        const said = answer.ok ? await answer.json() : {};
        if (!said.tersimpan) throw new Error("not saved");
        last = now;
        told.textContent = "Tersimpan " + said.tersimpan;
        // What was typed meanwhile is kept by the next turn; chosen files are not kept.
        const files = Array.from(form.querySelectorAll('input[type="file"]')).some(function (input) { return input.files.length; });
        if (!files && typed().toString() === now) form.dispatchEvent(new Event("praja:tersimpan", { bubbles: true }));
      } catch (unsaved) {
        told.textContent = "Belum tersimpan. Isian tetap ada di halaman ini selama tidak ditutup.";
      }
    }
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    });
    form.addEventListener("praja:terpilih", function () { clearTimeout(timer); timer = setTimeout(save, 1500); });
  }

  window.praja.each("form[data-langkah]", wizard);
  window.praja.each("form[data-draf], form[data-draf-ke]", autosave);
})();
