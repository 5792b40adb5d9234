// Forms that are filled in at a place: where the device is, signatures on the glass, pictures that travel and wait with the form.
(function () {
  "use strict";
  const MOST = 8, ALL = 9 * 1024 * 1024;

  function text(blob) {
    return new Promise(function (done, failed) {
      const reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsDataURL(blob);
    });
  }
  function button(words) {
    const node = document.createElement("button");
    node.type = "button";
    node.className = "tombol";
    node.textContent = words;
    return node;
  }
  const two = function (n) { return String(n).padStart(2, "0"); };

  // The point as the device measures it, with how exact it is and when; what is then typed by hand is no longer measured.
  window.praja.each("[data-titik]", function (place) {
    const form = place.closest("form");
    const field = function (name) { return form.elements.namedItem(name); };
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.className = "redup";
    const ask = button("Ambil titik dari perangkat ini");
    place.append(ask, told);
    const typed = function (event) { if (event.isTrusted) field("_titik_cara").value = "ketik"; };
    field("titik").addEventListener("input", typed);
    field("akurasi").addEventListener("input", typed);
    ask.addEventListener("click", function () {
      window.praja.locate(ask, told, function (point, meters, when) {
        const at = new Date(when);
        field("titik").value = point;
        field("akurasi").value = String(meters);
        field("_titik_pada").value = String(Math.round(when));
        field("_titik_cara").value = "perangkat";
        return "Terukur pukul " + two(at.getHours()) + "." + two(at.getMinutes()) + ", ketelitian " + meters + " meter.";
      });
    });
  });

  // A signature: drawn with finger, pen or mouse into a field of the form, as PNG.
  window.praja.each("[data-tanda-tangan]", function (place) {
    const value = place.closest("form").elements.namedItem(place.dataset.tandaTangan);
    const canvas = document.createElement("canvas");
    canvas.className = "tanda-tangan-kaca";
    canvas.width = 600;
    canvas.height = 220;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", place.dataset.label);
    const clear = button("Hapus tanda tangan");
    const told = document.createElement("p");
    told.className = "redup";
    told.textContent = "Tanda tangani di dalam kotak.";
    place.hidden = false;
    place.append(told, canvas, clear);
    const brush = canvas.getContext("2d");
    function empty() {
      brush.fillStyle = "#ffffff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.strokeStyle = "#10204a";
      brush.lineWidth = 4;
      brush.lineCap = brush.lineJoin = "round";
    }
    function show() {
      empty();
      if (!value.value) return;
      const picture = new Image();
      picture.onload = function () { brush.drawImage(picture, 0, 0, canvas.width, canvas.height); };
      picture.src = value.value;
    }
    show();
    let last = null;
    const at = function (event) {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    };
    canvas.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      last = at(event);
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!last) return;
      const now = at(event);
      brush.beginPath();
      brush.moveTo(last[0], last[1]);
      brush.lineTo(now[0], now[1]);
      brush.stroke();
      last = now;
    });
    ["pointerup", "pointercancel"].forEach(function (word) {
      canvas.addEventListener(word, function () {
        if (!last) return;
        last = null;
        value.value = canvas.toDataURL("image/png");
      });
    });
    clear.addEventListener("click", function () { value.value = ""; empty(); });
    value.addEventListener("praja:baca", show);
  });

  // With the script pictures travel as text of the form, already small: so the form can wait where there is no line.
  window.praja.each("form:has([data-foto-teks])", function (form) {
    form.enctype = "application/x-www-form-urlencoded";
    form.querySelectorAll("input[data-foto-teks]").forEach(function (input) {
      const name = input.dataset.fotoTeks;
      const place = input.closest(".isian");
      input.removeAttribute("name");
      const shelf = document.createElement("div");
      shelf.className = "foto-rak";
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      place.append(shelf, told);
      const fields = function () { return Array.from(form.querySelectorAll('input[type="hidden"][name="' + name + '"]')); };
      function show() {
        shelf.replaceChildren.apply(shelf, fields().map(function (field, at) {
          const box = document.createElement("figure");
          const picture = document.createElement("img");
          picture.src = field.value;
          picture.alt = "Gambar " + (at + 1);
          const gone = button("Buang gambar " + (at + 1));
          gone.addEventListener("click", function () { field.remove(); show(); });
          box.append(picture, gone);
          return box;
        }));
      }
      input.addEventListener("praja:foto", async function (event) {
        told.textContent = "";
        for (const file of event.detail) {
          const kept = Array.from(form.querySelectorAll('input[type="hidden"]')).reduce(function (sum, one) { return sum + one.value.length; }, 0);
          if (!/^image\//.test(file.type)) { told.textContent = "Hanya gambar yang dapat dilampirkan di sini."; continue; }
          if (fields().length >= (input.multiple ? MOST : 1) || kept + file.size * 1.4 > ALL) {
            told.textContent = input.multiple ? "Paling banyak " + MOST + " gambar, seluruhnya 9 MB. Buang salah satu dahulu." : "Cukup satu gambar. Buang yang ada dahulu.";
            break;
          }
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = name;
          field.value = await text(file);
          form.append(field);
        }
        input.value = "";
        show();
      });
      // What waited on the device is put back by the script of unsent forms.
      new MutationObserver(show).observe(form, { childList: true });
      show();
    });
  });
})();
