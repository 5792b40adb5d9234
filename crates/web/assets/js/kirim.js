// Forms with files. They are sent by the script, which says how far it is, goes on where a broken line stopped, and keeps the files when
// something else must be corrected.
(function () {
  "use strict";
  // What was sent of a file so far: sending again goes on from there.
  const begun = new WeakMap();
  const HEADERS = { "x-praja-skrip": "ya" };

  function chosen(form) {
    return Array.from(form.querySelectorAll('input[type="file"]')).filter(function (input) { return input.files.length; });
  }

  function progress(form) {
    const box = document.createElement("div");
    box.className = "maju kirim-maju";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Pengiriman berkas");
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "tombol";
    stop.textContent = "Batalkan pengiriman";
    box.append(words, bar, stop);
    form.querySelectorAll(".kirim-maju").forEach(function (old) { old.remove(); });
    form.querySelector(".kirim").before(box);
    return {
      stop: stop,
      say: function (text) { words.textContent = text; },
      show: function (done, all) {
        const share = all ? Math.floor(done * 100 / all) : 100;
        bar.value = share;
        words.textContent = share < 100 ? "Mengirim berkas: " + share + " %" : "Berkas terkirim, sedang disimpan.";
      },
      end: function (text) {
        words.textContent = text;
        bar.remove();
        stop.remove();
        window.praja.free(form);
      }
    };
  }

  // The page that came back, with the files that were chosen before put into its fields.
  function again(html, files) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = document.importNode(page.querySelector("main"), true);
    document.querySelector("main").replaceWith(fresh);
    document.title = page.title;
    window.praja.prepare(fresh);
    files.forEach(function (pair) {
      const input = fresh.querySelector('input[type="file"][name="' + pair[0] + '"]');
      if (!input) return;
      input.files = pair[1];
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const summary = fresh.querySelector("[data-fokus]");
    if (summary) summary.focus();
    window.scrollTo(0, 0);
  }

  const wait = function (ms) {
    return new Promise(function (go) {
      const timer = setTimeout(go, ms);
      window.addEventListener("online", function () { clearTimeout(timer); go(); }, { once: true });
    });
  };

  // What a page in place of the answer says. A rule that says no now will say no again: only a fault or a broken line is worth waiting for.
  async function refused(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = Array.from(page.querySelectorAll(".halangan p:not(.aksi)")).map(function (part) { return part.textContent; }).join(" ");
    const gone = answer.status === 404 && "Unggahan ini sudah kedaluwarsa. Kirim sekali lagi.";
    return new DOMException(gone || said || "Berkas ini tidak dapat diterima.", "NotAllowedError");
  }
  async function json(answer) {
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) throw await refused(answer);
    if (answer.status !== 200 && answer.status !== 409) throw new TypeError(String(answer.status));
    return answer.json();
  }

  // The reason stands at the field until another file is chosen.
  function mark(input, words) {
    const place = input.closest(".isian");
    place.querySelectorAll(".masalah").forEach(function (old) { old.remove(); });
    const told = document.createElement("p");
    told.className = "masalah";
    told.setAttribute("role", "alert");
    told.textContent = words;
    place.append(told);
    place.classList.add("salah");
    input.addEventListener("change", function () { told.remove(); place.classList.remove("salah"); }, { once: true });
    input.focus();
  }

  // One file in pieces; gives the name under which the form refers to it.
  async function inPieces(file, csrf, where, tell, signal) {
    const ask = function (address, body) { return fetch(address, { method: "POST", body: body, headers: HEADERS, signal: signal }).then(json); };
    let state = begun.get(file);
    if (!state) {
      state = await ask(where, new URLSearchParams({ _csrf: csrf, nama: file.name, ukuran: String(file.size) }));
      begun.set(file, state);
    }
    const address = where + "/" + state.id;
    const piece = function (blob) {
      const body = new FormData();
      body.append("_csrf", csrf);
      body.append("dari", String(state.diterima));
      if (blob) body.append("potongan", blob, "potongan");
      return ask(address, body);
    };
    for (let failed = 0; state.diterima < file.size;) {
      try {
        state.diterima = (await piece(file.slice(state.diterima, state.diterima + state.potongan))).diterima;
        failed = 0;
        tell(state.diterima);
      } catch (broken) {
        if (signal.aborted || broken.name === "NotAllowedError" || (failed += 1) > 8) throw broken;
        tell(state.diterima, "Sambungan terputus. Pengiriman dilanjutkan sendiri begitu sambungan kembali.");
        await wait(Math.min(30000, 1000 * Math.pow(2, failed)));
        const now = await piece(null).catch(function () { return null; });
        if (now) state.diterima = now.diterima;
      }
    }
    return state.id;
  }

  // The files ahead of the form, where its page says that it takes them so. Gives the fields to send in their place.
  async function ahead(form, inputs, shown, signal) {
    const csrf = form.querySelector('input[name="_csrf"]').value;
    const files = inputs.flatMap(function (input) { return Array.from(input.files).map(function (file) { return { input: input, file: file, done: 0 }; }); });
    const all = files.reduce(function (sum, one) { return sum + one.file.size; }, 0);
    const fields = [];
    for (const one of files) {
      const id = await inPieces(one.file, csrf, one.input.dataset.bertahap, function (done, words) {
        one.done = done;
        shown.show(files.reduce(function (sum, each) { return sum + each.done; }, 0), all);
        if (words) shown.say(words);
      }, signal).catch(function (broken) {
        if (broken.name === "NotAllowedError") {
          begun.delete(one.file);
          mark(one.input, one.file.name + ": " + broken.message);
        }
        throw broken;
      });
      fields.push([one.input.name + "_unggahan", id]);
    }
    return fields;
  }

  function post(form, data, shown, signal) {
    return new Promise(function (done, failed) {
      const request = new XMLHttpRequest();
      signal.addEventListener("abort", function () { request.abort(); });
      request.upload.addEventListener("progress", function (step) { if (step.lengthComputable) shown.show(step.loaded, step.total); });
      request.addEventListener("abort", function () { failed(new DOMException("", "AbortError")); });
      request.addEventListener("error", function () { failed(new TypeError("line")); });
      request.addEventListener("load", function () { done(request); });
      request.open("POST", form.action);
      request.setRequestHeader("x-praja-skrip", "ya");
      request.send(data);
    });
  }

  // Where only the mark within the page differs the browser would stay on the page as it was.
  function lead(address) {
    const to = new URL(address, location.href);
    const here = to.hash && to.pathname === location.pathname && to.search === location.search;
    location.assign(to.href);
    if (here) location.reload();
  }

  async function send(form, submitter) {
    const inputs = chosen(form);
    const files = inputs.map(function (input) { return [input.name, input.files]; });
    const stop = new AbortController();
    const shown = progress(form);
    shown.stop.addEventListener("click", function () { stop.abort(); });
    try {
      const data = new FormData(form);
      if (submitter && submitter.name) data.append(submitter.name, submitter.value);
      const stepwise = inputs.filter(function (input) { return input.hasAttribute("data-bertahap"); });
      if (stepwise.length) {
        const fields = await ahead(form, stepwise, shown, stop.signal);
        stepwise.forEach(function (input) { data.delete(input.name); });
        fields.forEach(function (pair) { data.append(pair[0], pair[1]); });
      }
      const request = await post(form, data, shown, stop.signal);
      const type = request.getResponseHeader("content-type") || "";
      if (/json/.test(type)) lead(JSON.parse(request.responseText).ke);
      else if (/html/.test(type)) again(request.responseText, files);
      else shown.end("Berkas belum tersimpan. Kirim lagi beberapa saat lagi.");
    } catch (broken) {
      shown.end(broken.name === "NotAllowedError" ? "Berkas belum dikirim. Sebabnya tertulis pada isiannya." : broken.name === "AbortError" ? "Pengiriman dibatalkan. Isian dan berkas Anda masih di sini."
        : "Sambungan terputus sebelum berkas terkirim. Isian dan berkas Anda masih di sini: kirim lagi, dan pengiriman berlanjut dari tempat terhenti.");
    }
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || !form.querySelector(".kirim") || !chosen(form).length) return;
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
})();
