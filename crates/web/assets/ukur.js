// Measures the line of an office in both directions and sends the figures. Without this script the button leads on step by step.
(function () {
  "use strict";
  var form = document.getElementById("ukur");
  var start = document.getElementById("mulai-ukur");
  var news = document.getElementById("kabar-ukur");
  if (!form || !start || !window.fetch || !window.performance) return;
  var csrf = form.elements._csrf.value;
  var ANSWERS = 20, ENOUGH_MS = 1500, DOWN = [64, 512, 2048], UP = [32, 256, 700];

  function say(text) { news.textContent = text; }
  function now() { return performance.now(); }

  function get(kib) {
    var began = now();
    return fetch("/ukur/berkas?kb=" + kib, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.arrayBuffer();
    }).then(function () { return now() - began; });
  }

  // Letters that nothing on the way can make shorter.
  function weight(kib) {
    var bytes = new Uint8Array(kib * 1024 * 3 / 4), text = "";
    for (var at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    for (at = 0; at < bytes.length; at += 3072) text += btoa(String.fromCharCode.apply(null, bytes.subarray(at, at + 3072)));
    return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, ".");
  }

  function put(kib) {
    var body = "_csrf=" + encodeURIComponent(csrf) + "&beban=" + weight(kib), began = now();
    return fetch("/ukur", {
      method: "POST", credentials: "same-origin", cache: "no-store", body: body,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return now() - began;
    });
  }

  // Larger and larger, until one took long enough to be told from the answer alone; kilobits a second.
  function rate(act, sizes, answer) {
    var found = 0;
    return sizes.reduce(function (before, kib) {
      return before.then(function (enough) {
        if (enough) return true;
        return act(kib).then(function (took) {
          found = Math.max(1, Math.round(kib * 8.192 / Math.max(took - answer, 1) * 1000));
          return took > ENOUGH_MS;
        });
      });
    }, Promise.resolve(false)).then(function () { return found; });
  }

  function answers(times) {
    if (times.length >= ANSWERS) return Promise.resolve(times);
    say("Mengukur jawaban: " + (times.length + 1) + " dari " + ANSWERS + ".");
    return get(0).then(function (took) { return answers(times.concat(took)); });
  }

  start.addEventListener("click", function (event) {
    event.preventDefault();
    if (start.getAttribute("aria-disabled") === "true") return;
    start.setAttribute("aria-disabled", "true");
    var times;
    // The first one also makes the connection: it does not count.
    get(0).then(function () { return answers([]); }).then(function (all) {
      times = all;
      var middle = all.slice().sort(function (a, b) { return a - b; })[Math.floor(all.length / 2)];
      form.elements.waktu.value = all.map(function (ms) { return Math.round(ms * 1000); }).join(",");
      say("Mengukur unduhan.");
      return rate(get, DOWN, middle).then(function (kbit) {
        form.elements.unduh.value = kbit;
        say("Mengukur unggahan.");
        return rate(put, UP, middle);
      });
    }).then(function (kbit) {
      form.elements.unggah.value = kbit;
      say("Menyimpan hasil.");
      form.submit();
    }).catch(function () {
      start.removeAttribute("aria-disabled");
      say(times ? "Jaringan terputus saat mengukur. Coba lagi." : "Mesin Praja tidak menjawab. Periksa jaringan, lalu coba lagi.");
    });
  });
})();
