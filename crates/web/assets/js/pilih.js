// The picker: typed words ask a lookup route; what is chosen goes into the hidden value. Follows the combobox pattern of WAI-ARIA.
(function () {
  "use strict";
  let made = 0;

  // Several values: what was chosen stands above the field as chips, each with a button that takes it away.
  // `say` tells who does not see the page what happened.
  function chips(group, input, say) {
    const list = group.querySelector(".terpilih");
    const name = list.dataset.nama;

    function hidden(suffix, value) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name + suffix;
      field.value = value;
      return field;
    }

    function chip(value, label) {
      const item = document.createElement("li");
      const remove = document.createElement("button");
      const words = document.createElement("span");
      item.className = "keping";
      item.dataset.nilai = value;
      words.textContent = label;
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", "Hapus " + label);
      remove.addEventListener("click", function () {
        const next = (item.nextElementSibling || item.previousElementSibling || item).querySelector("button");
        item.remove();
        (next && next !== remove ? next : input).focus();
        say("Dihapus dari pilihan: " + label);
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      item.append(hidden("", value), hidden("_label", value + " " + label), words, remove);
      list.append(item);
    }

    function add(choice) {
      const value = String(choice.nilai);
      const offered = Array.from(group.querySelectorAll('input[type="checkbox"]')).find(function (box) {
        return box.name === name && box.value === value;
      });
      if (offered) {
        const fresh = !offered.checked;
        offered.checked = true;
        return fresh;
      }
      if (Array.from(list.children).some(function (item) { return item.dataset.nilai === value; })) return false;
      chip(value, choice.label);
      return true;
    }

    // What the server drew as boxes.
    Array.from(list.children).forEach(function (item) {
      const label = item.querySelector("label").firstChild.textContent;
      const value = item.dataset.nilai;
      item.remove();
      chip(value, label);
    });

    return {
      add: add,
      takeTicked: function (candidates) {
        if (!candidates || !candidates.isConnected) return;
        candidates.querySelectorAll("input:checked").forEach(function (box) {
          add({ nilai: box.value, label: box.nextElementSibling.firstChild.textContent });
        });
        candidates.remove();
      },
    };
  }

  function picker(box) {
    const input = box.querySelector('input[type="text"]');
    const meant = box.querySelector('input[type="hidden"][name$="_label"]');
    const told = document.createElement("span");
    told.className = "senyap";
    told.setAttribute("role", "status");
    function say(words) { told.textContent = words; }
    const many = box.hasAttribute("data-banyak") ? chips(box.closest("fieldset"), input, say) : null;
    if (!input || !(meant || many) || input.readOnly) return;
    const name = input.name.replace(/_teks$/, "");
    const candidates = box.parentElement.querySelector("fieldset.calon");
    let value = box.querySelector('input[type="hidden"][name="' + name + '"]');

    const list = document.createElement("ul");
    list.className = "pilih-daftar";
    list.id = "pilih-" + (made += 1);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Pilihan");
    list.hidden = true;
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
      if (many) { many.takeTicked(candidates); return; }
      if (value) return;
      value = document.createElement("input");
      value.type = "hidden";
      value.name = name;
      box.prepend(value);
      if (candidates) candidates.remove();
    }

    function choose(choice) {
      hold();
      if (many) {
        say((many.add(choice) ? "Ditambahkan: " : "Sudah ada dalam pilihan: ") + choice.label);
        input.value = "";
        choices = [];
      } else {
        value.value = choice.nilai;
        input.value = choice.label;
        meant.value = choice.label;
        say("Terpilih: " + choice.label);
      }
      close();
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
      say(choices.length === 0 ? "Tidak ada yang cocok."
        : choices.length + " pilihan" + (answer.lagi ? ", masih ada yang lain: ketik lebih lengkap." : "."));
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
      if (!many) { value.value = ""; meant.value = ""; }
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
      } else if (event.key === "Enter" && many && input.value.trim()) {
        // The words are meant for the list: the form must not go away with them half typed. Of several, the first is only marked: a second
        // Enter takes it, so that nobody adds somebody of a like name unseen.
        event.preventDefault();
        const sought = input.value.trim().toLowerCase();
        const exact = choices.filter(function (choice) { return choice.label.toLowerCase() === sought; });
        if (!open) ask();
        else if (choices.length === 1) choose(choices[0]);
        else if (exact.length === 1) choose(exact[0]);
        else {
          mark(0);
          say(choices[0].label + ". Tekan Enter sekali lagi untuk menambahkannya, atau panah bawah untuk pilihan lain.");
        }
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
      if (!list.hidden && (many || (value && !value.value)) && same.length === 1) choose(same[0]);
      close();
    });
  }

  window.praja.each("[data-pilih]", picker);
})();
