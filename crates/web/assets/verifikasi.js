// Checks on the reader's own device: the hash of a file, and the signed facts behind "#" in the address of a code.
(function () {
  "use strict";
  var subtle = window.crypto && window.crypto.subtle;

  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  function say(place, tone, title, text) {
    place.className = "pesan " + tone;
    place.textContent = "";
    var strong = document.createElement("strong");
    strong.textContent = title;
    place.append(strong, " " + text);
  }

  var input = document.getElementById("berkas-banding");
  if (input && subtle) {
    var result = document.getElementById("hasil-banding");
    input.addEventListener("change", function () {
      var file = input.files[0];
      if (!file) return;
      file.arrayBuffer().then(function (bytes) { return subtle.digest("SHA-256", bytes); }).then(function (digest) {
        if (hex(digest) === input.dataset.sidik) say(result, "baik", "COCOK.", "Berkas ini sama dengan yang diterbitkan.");
        else say(result, "buruk", "TIDAK COCOK.", "Berkas ini bukan yang diterbitkan, atau sudah diubah.");
      });
    });
  } else if (input) {
    // Browsers give no hash to pages that came over a plain line; the typed hash below still works.
    input.closest(".banding").hidden = true;
  }

  function bytesOf(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function keyOf(list, id) {
    var found = list.split(" ").find(function (pair) { return pair.split(":")[0] === id; });
    if (!found) return null;
    return Uint8Array.from(found.split(":")[1].match(/../g), function (pair) { return parseInt(pair, 16); });
  }

  var place = document.getElementById("fakta-qr");
  var parts = location.hash.slice(1).split(".");
  if (!place || !subtle || parts.length !== 4 || parts[0] !== "1") return;
  var raw = keyOf(place.dataset.kunci || "", parts[1]);
  if (!raw) {
    say(place, "buruk", "Tidak terbukti.", "Kunci yang disebut kode ini bukan kunci daerah ini.");
    return;
  }
  var facts, signature;
  try {
    facts = new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(parts[2]));
    signature = bytesOf(parts[3]);
  } catch (unreadable) {
    say(place, "buruk", "Tidak terbukti.", "Isi kode ini terpotong.");
    return;
  }
  subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]).then(function (key) {
    return subtle.verify("Ed25519", key, signature, new TextEncoder().encode("PRAJA-FAKTA 1\n" + facts));
  }).then(function (right) {
    var lines = facts.split("\n");
    if (!right) say(place, "buruk", "Tidak terbukti.", "Tanda tangan tidak cocok dengan isi kode.");
    else if (place.dataset.nomor && lines[2] !== place.dataset.nomor) {
      say(place, "buruk", "Tidak cocok.", "Kode ini milik naskah lain, bernomor " + lines[2] + ".");
    } else {
      say(place, "baik", "Tanda pada kode QR cocok.", "Nomor " + lines[2] + ", tanggal " + lines[3] + ", " + lines[4] + ", " + lines[5] + ", " + lines[0] + ".");
    }
  }).catch(function () { /* this browser does not know the signature; the page says how to check otherwise */ });
})();
