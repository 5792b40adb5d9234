// Where the device is, for fields that take latitude and longitude.
(function () {
  "use strict";
  // Asks once; `found` is told what was measured, `told` shows in words how it went.
  window.praja.locate = function (ask, told, found) {
    if (!navigator.geolocation) { told.textContent = "Perangkat ini tidak dapat mengukur titik. Ketik lintang dan bujurnya."; return; }
    ask.setAttribute("aria-busy", "true");
    told.textContent = "Mengukur titik.";
    navigator.geolocation.getCurrentPosition(function (measured) {
      ask.removeAttribute("aria-busy");
      const point = measured.coords.latitude.toFixed(6) + "," + measured.coords.longitude.toFixed(6);
      told.textContent = found(point, Math.ceil(measured.coords.accuracy), measured.timestamp);
    }, function (why) {
      ask.removeAttribute("aria-busy");
      told.textContent = why.code === 1 ? "Izin lokasi ditolak pada perangkat ini. Izinkan di pengaturan peramban, atau ketik lintang dan bujurnya."
        : "Titik belum terukur. Coba di tempat terbuka, atau ketik lintang dan bujurnya.";
    }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 });
  };

  // The button beside a field of its form. Without the script there is none, and no words that promise one.
  window.praja.each("[data-titik-ke]", function (place) {
    const field = place.closest("form").elements.namedItem(place.dataset.titikKe);
    if (!field || place.firstChild) return;
    const ask = document.createElement("button");
    ask.type = "button";
    ask.className = "tombol";
    ask.textContent = "Isi dengan lokasi perangkat ini";
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.className = "redup";
    told.textContent = "Tekan tombol ini bila Anda sedang berada di lokasinya.";
    place.append(ask, told);
    ask.addEventListener("click", function () {
      window.praja.locate(ask, told, function (point, meters) {
        field.value = point;
        // Whoever keeps what is typed hears of it.
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return "Titik terisi, ketelitian " + meters + " meter. Periksa apakah sesuai dengan lokasinya.";
      });
    });
  });
})();
