// Several rows at once: the buttons appear when something is chosen, and one box chooses the whole page.
(function () {
  "use strict";
  window.praja.each("form[data-massal]", function (form) {
    const all = document.querySelector('[data-pilih-semua="' + form.id + '"]');
    const boxes = Array.from(form.elements).filter(function (node) { return node.type === "checkbox" && node !== all; });
    const words = form.querySelector(".massal-kata");
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "tombol polos";
    clear.textContent = "Batalkan pilihan";
    form.append(clear);
    function count() {
      const chosen = boxes.filter(function (box) { return box.checked; }).length;
      form.hidden = chosen === 0;
      words.textContent = chosen + " " + form.dataset.massal + " dipilih";
      if (!all) return;
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    function set(value) {
      boxes.forEach(function (box) { box.checked = value; });
      count();
    }
    if (all) {
      all.hidden = false;
      all.addEventListener("change", function () { set(all.checked); });
    }
    clear.addEventListener("click", function () { set(false); });
    // Shift chooses everything between two boxes.
    let last = -1;
    boxes.forEach(function (box, at) {
      box.addEventListener("click", function (event) {
        if (event.shiftKey && last >= 0) {
          boxes.slice(Math.min(last, at), Math.max(last, at) + 1).forEach(function (one) { one.checked = box.checked; });
        }
        last = at;
        count();
      });
    });
    count();
  });
})();
