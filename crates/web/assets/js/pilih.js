// The picker: typed words ask a lookup route; what is chosen goes into the hidden value. Follows the combobox pattern of WAI-ARIA.
(function () {
  "use strict";
  let made = 0;

  function picker(box) {
    const input = box.querySelector('input[type="text"]');
    const meant = box.querySelector('input[type="hidden"][name$="_label"]');
    if (!input || !meant || input.readOnly) return;
    const name = input.name.replace(/_teks$/, "");
    const candidates = box.parentElement.querySelector("fieldset.calon");
    let value = box.querySelector('input[type="hidden"][name="' + name + '"]');

    const list = document.createElement("ul");
    list.className = "pilih-daftar";
    list.id = "pilih-" + (made += 1);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Pilihan");
    list.hidden = true;
    const told = document.createElement("span");
    told.className = "senyap";
    told.setAttribute("role", "status");
    box.append(list, told);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);

    let choices = [];
    let at = -1;
    let timer = 0;
    let running = null;

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    close();

    // The choices that the server offered give way as soon as other words are typed.
    function hold() {
      if (value) return;
      value = document.createElement("input");
      value.type = "hidden";
      value.name = name;
      box.prepend(value);
      if (candidates) candidates.remove();
    }

    function choose(choice) {
      hold();
      value.value = choice.nilai;
      input.value = choice.label;
      meant.value = choice.label;
      close();
      told.textContent = "Terpilih: " + choice.label;
      box.dispatchEvent(new CustomEvent("praja:terpilih", { bubbles: true, detail: choice }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function mark(next) {
      at = next;
      Array.from(list.children).forEach(function (item, place) {
        item.setAttribute("aria-selected", String(place === at));
        if (place === at) {
          input.setAttribute("aria-activedescendant", item.id);
          item.scrollIntoView({ block: "nearest" });
        }
      });
    }

    function show(answer) {
      choices = answer.pilihan;
      list.textContent = "";
      choices.forEach(function (choice, place) {
        const item = document.createElement("li");
        item.id = list.id + "-" + place;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(choice.label);
        if (choice.keterangan) {
          const note = document.createElement("span");
          note.className = "redup";
          note.textContent = choice.keterangan;
          item.append(note);
        }
        // Before the field loses the focus, or the list would be closed by then.
        item.addEventListener("pointerdown", function (event) { event.preventDefault(); });
        item.addEventListener("click", function () { choose(choice); });
        list.append(item);
      });
      at = -1;
      list.hidden = choices.length === 0;
      input.setAttribute("aria-expanded", String(choices.length > 0));
      // On a phone the list would open under the bars at the bottom.
      if (!list.hidden && list.getBoundingClientRect().bottom > window.innerHeight - 64) input.closest(".isian").scrollIntoView({ block: "start" });
      told.textContent = choices.length === 0 ? "Tidak ada yang cocok."
        : choices.length + " pilihan" + (answer.lagi ? ", masih ada yang lain: ketik lebih lengkap." : ".");
    }

    async function ask() {
      if (running) running.abort();
      const mine = running = new AbortController();
      const address = new URL(box.dataset.pilih, location.href);
      address.searchParams.set("q", input.value.trim());
      try {
        const answer = await fetch(address, { signal: mine.signal, headers: { accept: "application/json" } });
        if (!answer.ok || !/json/.test(answer.headers.get("content-type") || "")) return;
        const found = await answer.json();
        if (mine === running && document.activeElement === input) show(found);
      } catch (broken) { /* typed words are looked up by the server when the form is sent */ }
    }

    input.addEventListener("input", function () {
      hold();
      value.value = "";
      meant.value = "";
      clearTimeout(timer);
      if (!input.value.trim()) { if (running) running.abort(); close(); return; }
      timer = setTimeout(ask, 150);
    });

    input.addEventListener("keydown", function (event) {
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) { ask(); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((at + step + choices.length + (at < 0 && step < 0 ? 1 : 0)) % choices.length);
      } else if (event.key === "Enter" && open && at >= 0) {
        event.preventDefault();
        choose(choices[at]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (event.key === "Tab" && open && at >= 0) {
        choose(choices[at]);
      }
    });

    input.addEventListener("blur", function () {
      clearTimeout(timer);
      if (running) running.abort();
      const typed = input.value.trim().toLowerCase();
      const same = choices.filter(function (choice) { return choice.label.toLowerCase() === typed; });
      if (!list.hidden && value && !value.value && same.length === 1) choose(same[0]);
      close();
    });
  }

  window.praja.each("[data-pilih]", picker);
})();
