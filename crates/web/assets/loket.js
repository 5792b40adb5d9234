// Begins and ends the mode of a front-office device; every page keeps watch while it lasts (js/loket.js).
(function () {
  "use strict";
  const place = document.querySelector("[data-loket]");
  if (!place) return;
  const say = function (words) { place.querySelector("[data-loket-keadaan]").textContent = words; };
  const on = function () { try { return Number(localStorage.getItem("praja-loket")) > 0; } catch (closed) { return false; } };
  const begin = place.querySelector("[data-loket-mulai]"), end = place.querySelector("[data-loket-akhiri]");
  function set(seconds) {
    try {
      if (seconds) localStorage.setItem("praja-loket", seconds);
      else localStorage.removeItem("praja-loket");
    } catch (closed) {
      say("Peramban ini tidak menyimpan pengaturan, sehingga mode loket tidak dapat dipakai.");
      return;
    }
    location.reload();
  }
  if (begin) {
    if (on()) {
      // The time may have been changed since.
      try { localStorage.setItem("praja-loket", place.dataset.loket); } catch (closed) { /* keeps the one before */ }
      begin.hidden = true;
      say("Perangkat ini dalam mode loket. Pengelola mengakhirinya pada halaman Perangkat loket.");
    }
    begin.addEventListener("click", function () { set(place.dataset.loket); });
  }
  if (end) {
    end.hidden = !on();
    if (!on()) say("Perangkat ini tidak dalam mode loket.");
    end.addEventListener("click", function () { set(""); });
  }
})();
