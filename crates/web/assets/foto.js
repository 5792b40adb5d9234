// Pictures are made smaller before they are sent, and whoever took one is told when it looks blurred or dark. Nothing is refused here.
(function () {
  "use strict";

  // A picture drawn into a canvas, turned as it was taken.
  async function drawn(file, side) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * share));
    canvas.height = Math.max(1, Math.round(picture.height * share));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
  }
  function blob(canvas, quality) {
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
  }

  // How bright it is (0 to 255), and how much neighbouring points differ: the variance of the Laplacian of a small grey copy.
  function measured(canvas) {
    const wide = 400, high = Math.max(3, Math.round(canvas.height * wide / canvas.width));
    const small = document.createElement("canvas");
    small.width = wide;
    small.height = high;
    const brush = small.getContext("2d", { willReadFrequently: true });
    brush.drawImage(canvas, 0, 0, wide, high);
    const data = brush.getImageData(0, 0, wide, high).data;
    const grey = new Float32Array(wide * high);
    let light = 0;
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2];
      light += grey[at];
    }
    let sum = 0, squares = 0, count = 0;
    for (let y = 1; y < high - 1; y += 1) {
      for (let x = 1; x < wide - 1; x += 1) {
        const at = y * wide + x;
        const edge = grey[at - 1] + grey[at + 1] + grey[at - wide] + grey[at + wide] - 4 * grey[at];
        sum += edge;
        squares += edge * edge;
        count += 1;
      }
    }
    return { light: light / grey.length, sharp: squares / count - (sum / count) * (sum / count) };
  }
  function advice(found) {
    if (found.light < 60) return "Foto ini tampak gelap. Pastikan tulisannya terbaca, atau foto ulang di tempat terang.";
    if (found.sharp < 40) return "Foto ini tampak buram. Pastikan tulisannya terbaca, atau foto ulang dengan tangan diam.";
    return "";
  }

  // At most `side` pixels and `most` bytes; the file as it is where it is small already, or is no picture this browser can draw.
  async function smaller(file, side, most) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return { file: file, advice: "" };
    let canvas;
    try { canvas = await drawn(file, side); } catch (unknown) { return { file: file, advice: "" }; }
    const told = advice(measured(canvas));
    if (file.size <= most && file.type !== "image/webp") return { file: file, advice: told };
    for (const quality of [0.85, 0.75, 0.6, 0.45]) {
      const less = await blob(canvas, quality);
      if (less && (less.size <= most || quality === 0.45)) {
        const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
        return { file: less.size < file.size ? new File([less], name, { type: "image/jpeg" }) : file, advice: told };
      }
    }
    return { file: file, advice: told };
  }

  window.praja.foto = { smaller: smaller };

  window.praja.each('input[type="file"][data-foto]', function (input) {
    const limits = input.dataset.foto.split(" ").map(Number);
    const hint = document.createElement("p");
    hint.className = "petunjuk foto-petunjuk";
    hint.setAttribute("role", "status");
    hint.hidden = true;
    input.closest(".isian").append(hint);
    let own = false;
    input.addEventListener("change", async function () {
      if (own) return;
      hint.hidden = true;
      const files = Array.from(input.files);
      const made = [];
      for (const file of files) made.push(await smaller(file, limits[0], limits[1]));
      const told = made.map(function (one) { return one.advice; }).filter(Boolean);
      hint.textContent = told[0] || "";
      hint.hidden = !told.length;
      input.dispatchEvent(new CustomEvent("praja:foto", { bubbles: true, detail: made.map(function (one) { return one.file; }) }));
      if (!made.some(function (one, at) { return one.file !== files[at]; })) return;
      const all = new DataTransfer();
      made.forEach(function (one) { all.items.add(one.file); });
      own = true;
      input.files = all.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      own = false;
    });
  });
})();
