// A front-office device: whoever leaves it untouched is signed out, and the next one begins at the public page. Asks before it does.
(function () {
  "use strict";
  const ASK_MS = 20000;
  let seconds = 0;
  try { seconds = Number(localStorage.getItem("praja-loket")); } catch (closed) { return; }
  if (!(seconds > 0)) return;
  let timer = 0, asking = null;

  function ask() {
    asking = document.createElement("dialog");
    asking.className = "dialog";
    const words = document.createElement("h2");
    words.id = "loket-tanya";
    words.textContent = "Anda masih di sini?";
    const why = document.createElement("p");
    why.textContent = "Dalam 20 detik perangkat ini kembali ke halaman awal dan akun yang terbuka ditutup.";
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "tombol utama";
    stay.textContent = "Ya, lanjutkan";
    asking.setAttribute("aria-labelledby", words.id);
    asking.append(words, why, stay);
    document.body.append(asking);
    asking.showModal();
    timer = setTimeout(leave, ASK_MS);
  }

  async function leave() {
    const form = document.querySelector('form[action="/keluar"]');
    if (form) await fetch("/keluar", { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(function () {});
    try {
      sessionStorage.clear();
      if (self.luring && self.luring.gudang) await self.luring.gudang.wipe();
      else if (self.caches) await caches.delete("praja-halaman");
    } catch (closed) { /* nothing was kept */ }
    location.replace("/loket");
  }

  function touched() {
    clearTimeout(timer);
    if (asking) asking.remove();
    asking = null;
    timer = setTimeout(ask, Math.max(1000, seconds * 1000 - ASK_MS));
  }
  ["pointerdown", "keydown", "input", "wheel"].forEach(function (word) { addEventListener(word, touched, { passive: true }); });
  touched();
})();
