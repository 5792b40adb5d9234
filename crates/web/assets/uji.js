// The trial of a device: the page keeps itself and all it is made of, and says whether that worked.
(function () {
  "use strict";
  var place = document.getElementById("uji");
  if (!place) return;

  function say(tone, title, text) {
    var box = document.createElement("div");
    box.className = "pesan " + tone;
    var words = document.createElement("div");
    [["pesan-judul", title], ["", text]].forEach(function (part) {
      var line = document.createElement("p");
      line.className = part[0];
      line.textContent = part[1];
      words.append(line);
    });
    box.append(words);
    place.replaceChildren(box);
    place.dataset.hasil = tone;
  }

  if (!window.isSecureContext || !("serviceWorker" in navigator)) {
    say("buruk", "Belum dipercaya.", "Perangkat ini tidak mempercayai alamat ini, atau perambannya terlalu lama. Halaman tidak dapat disimpan untuk dibuka tanpa jaringan.");
    return;
  }

  function parts() {
    var list = [place.dataset.lingkup];
    document.querySelectorAll("link[href], script[src], img[src]").forEach(function (part) {
      list.push(part.href || part.src);
    });
    return list;
  }

  function isAlive() {
    return fetch(place.dataset.hidup, { cache: "no-store" }).then(function (answer) { return answer.ok; }, function () { return false; });
  }

  navigator.serviceWorker.register(place.dataset.pekerja, { scope: place.dataset.lingkup }).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (found) {
    return isAlive().then(function (alive) {
      if (!alive) {
        say("baik", "Terbuka tanpa jaringan.", "Perangkat ini siap: halaman ini dibuka dari simpanan perangkat.");
        return null;
      }
      return new Promise(function (done, failed) {
        var line = new MessageChannel();
        line.port1.onmessage = function (word) { if (word.data === "tersimpan") done(); else failed(word.data); };
        found.active.postMessage({ simpan: parts() }, [line.port2]);
      }).then(function () {
        say("baik", "Tersimpan.", "Perangkat ini mempercayai alamat ini. Matikan jaringan lalu muat ulang untuk memastikannya.");
      });
    });
  }).catch(function () {
    isAlive().then(function (alive) {
      if (alive) say("buruk", "Belum dipercaya.", "Peramban menolak menyimpan halaman ini karena sertifikatnya belum dipercaya.");
      else say("buruk", "Tidak tersimpan.", "Jaringan terputus sebelum halaman ini sempat disimpan. Sambungkan kembali lalu muat ulang.");
    });
  });
})();
