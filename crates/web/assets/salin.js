// Buttons that copy what stands in a field; without this file the field is marked and copied by hand.
(function () {
  "use strict";
  document.querySelectorAll("[data-salin]").forEach(function (button) {
    var field = document.getElementById(button.dataset.salin);
    if (!field) return;
    button.hidden = false;
    var words = button.firstChild.nodeValue;
    button.addEventListener("click", function () {
      field.select();
      var done = function () {
        button.firstChild.nodeValue = "Tersalin";
        window.setTimeout(function () { button.firstChild.nodeValue = words; }, 2000);
      };
      // The clipboard is open to pages on a trusted line alone; the old way works everywhere.
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(field.value).then(done);
      else if (document.execCommand("copy")) done();
    });
  });
})();
