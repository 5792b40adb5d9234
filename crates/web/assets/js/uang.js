// Money shows its grouping while it is read: 1250000 becomes 1.250.000 when the field is left.
(function () {
  "use strict";
  function group(input) {
    const plain = input.value.replace(/^\s*Rp\.?\s*/i, "").replace(/\s/g, "");
    // What is no plain amount stays as typed: the server says what is wrong with it.
    if (!/^-?\d{1,3}(\.\d{3})+$|^-?\d+$/.test(plain)) return;
    input.value = plain.replace(/\./g, "").replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  }
  window.praja.each("input[data-uang]", function (input) {
    group(input);
    input.defaultValue = input.value;
    input.addEventListener("change", function () { group(input); });
  });
})();
