// The queue of the counter. On the screen: a chime for each new call and, where the device itself has an Indonesian voice, the number
// spoken; nothing is asked of the world outside. On a device that gives numbers: the ticket is printed and the next person begins anew.
(function () {
  "use strict";
  var ticket = document.querySelector("[data-kembali]");
  if (ticket) {
    if (window.history.state !== "tercetak") {
      window.history.replaceState("tercetak", "");
      window.print();
    }
    var to = ticket.dataset.kembali;
    window.setTimeout(function () { window.location.href = to; }, 12000);
  }

  var button = document.querySelector("[data-antrean-bunyi]");
  var board = document.getElementById("layar-antrean");
  if (!button || !board) return;
  var known = {}, queue = [], sound = null, busy = false;
  function calls() { return Array.prototype.slice.call(document.querySelectorAll("[data-panggil]")); }
  calls().forEach(function (one) { known[one.dataset.panggil] = true; });

  function tone(at, pitch) {
    var wave = sound.createOscillator(), gain = sound.createGain();
    wave.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.5, at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
    wave.connect(gain).connect(sound.destination);
    wave.start(at);
    wave.stop(at + 1);
  }
  function voice() {
    if (!window.speechSynthesis) return null;
    return window.speechSynthesis.getVoices().filter(function (one) { return one.localService && /^id/i.test(one.lang); })[0] || null;
  }
  function next() {
    if (busy || !queue.length || !sound) return;
    busy = true;
    var words = queue.shift(), speaker = voice();
    tone(sound.currentTime, 660);
    tone(sound.currentTime + 0.45, 523);
    window.setTimeout(function () {
      if (!speaker) { busy = false; next(); return; }
      var said = new SpeechSynthesisUtterance(words);
      said.voice = speaker;
      said.lang = speaker.lang;
      said.rate = 0.85;
      said.onend = said.onerror = function () { busy = false; next(); };
      window.speechSynthesis.speak(said);
    }, 1600);
  }
  // The board is replaced whole each time it is renewed.
  new MutationObserver(function () {
    calls().reverse().forEach(function (one) {
      if (known[one.dataset.panggil]) return;
      known[one.dataset.panggil] = true;
      if (sound) queue.push(one.dataset.ucap);
    });
    next();
  }).observe(board.parentNode, { childList: true });
  button.addEventListener("click", function () {
    if (sound) { sound.close(); sound = null; queue = []; busy = false; } else {
      sound = new (window.AudioContext || window.webkitAudioContext)();
      tone(sound.currentTime, 660);
    }
    button.setAttribute("aria-pressed", sound ? "true" : "false");
    button.textContent = sound ? "Matikan bunyi" : "Nyalakan bunyi";
  });
})();
