// Working without a line: the rules, without clock, storage or network. The page, the worker and the tests (scripts/browser/luring.test.mjs) share them.
(function () {
  "use strict";
  const HOUR = 3600 * 1000;
  const luring = self.luring = {};

  // A session ends after twelve hours without use, so a device forgets as late. An unsent form is sent by itself for six days: the server
  // knows for seven that it was taken before.
  luring.LIMITS = { age: 12 * HOUR, pages: 60, one: 300 * 1024, all: 6 * 1024 * 1024, unsent: 6 * 24 * HOUR, forms: 50, again: 5 * 60 * 1000 };

  // Does an address fit the pattern of a route, as "/eoffice/naskah/{id}/ubah"?
  luring.fits = function (pattern, path) {
    const ours = pattern.split("/"), theirs = path.split("/");
    return ours.length === theirs.length && ours.every(function (part, at) {
      return part === theirs[at] || (/^\{/.test(part) && theirs[at] !== "");
    });
  };

  luring.value = function (fields, name) {
    const found = fields.find(function (pair) { return pair[0] === name; });
    return found ? found[1] : "";
  };

  // May this form wait? It must say for whom it was drawn, go to a route that lets forms wait, and hold nothing secret.
  luring.mayWait = function (patterns, path, fields) {
    const never = fields.filter(function (pair) { return pair[0] === "_antre_kecuali"; }).map(function (pair) { return pair[1]; });
    return Boolean(luring.value(fields, "_antre") && luring.value(fields, "_pemegang") && luring.value(fields, "_kunci")) &&
      // The button that only adds a line to the form needs the answer at once.
      !luring.value(fields, "_tambah") &&
      patterns.some(function (pattern) { return luring.fits(pattern, path); }) &&
      !fields.some(function (pair) { return never.includes(pair[0] + "=" + pair[1]); });
  };

  // May the page be kept? `now` is whom the device keeps pages for.
  luring.mayKeep = function (answer, now) {
    return Boolean(now && now.simpan && answer.status === 200 && answer.keep === "ya" && answer.holder === now.pemegang && answer.size <= luring.LIMITS.one);
  };

  // What an answer says about who is here: "same", "other" (wipe), or nothing where it does not say.
  luring.whose = function (holder, now) {
    if (!holder) return "";
    return now && holder === now.pemegang ? "same" : "other";
  };

  luring.isOver = function (since, now) { return now - since > luring.LIMITS.age || since - now > HOUR; };

  // Which of the kept pages must go so that the rest keeps within its limits: the longest kept first.
  luring.surplus = function (pages) {
    let sum = 0, count = 0;
    return pages.slice().sort(function (a, b) { return b.at - a.at; }).filter(function (page) {
      count += 1;
      sum += page.size;
      return count > luring.LIMITS.pages || sum > luring.LIMITS.all;
    }).map(function (page) { return page.href; });
  };

  // What is sent now, in the order in which it was written. What is held back holds back what came later for the same address.
  luring.turn = function (entries, holder, now) {
    const held = new Set();
    return entries.filter(function (one) { return one.pemegang === holder; }).sort(function (a, b) { return a.id - b.id; }).filter(function (one) {
      const goes = one.keadaan === "menunggu" && now - one.pada <= luring.LIMITS.unsent && !held.has(one.jalur);
      if (!goes) held.add(one.jalur);
      return goes;
    });
  };

  // What an answer means for a form that was sent: "terkirim" (it is done), "ulang" (ask for a fresh proof, send again), "masuk" (the
  // session is over), "tunda" (later), "ditolak" or "bentrok" (it stays, with what was said).
  luring.fate = function (answer) {
    const leads = answer.leads || "";
    if (answer.status === 200 && leads) return /^\/(masuk|buktikan)(\?|$|\/)/.test(leads) ? "masuk" : "terkirim";
    if (answer.status === 401) return "masuk";
    if (answer.status === 403 && answer.stale && !answer.second) return "ulang";
    if (answer.status === 409 && answer.versioned) return "bentrok";
    if (answer.status === 429 || answer.status >= 500) return "tunda";
    return "ditolak";
  };

  // The fields in which two versions of one form differ; what belongs to the page alone does not count.
  luring.differences = function (mine, theirs) {
    const own = function (name) { return name[0] === "_" || name === "versi" || /_(label|untuk)$/.test(name); };
    const names = [];
    mine.concat(theirs).forEach(function (pair) { if (!own(pair[0]) && !names.includes(pair[0])) names.push(pair[0]); });
    const all = function (fields, name) {
      return fields.filter(function (pair) { return pair[0] === name && pair[1].trim() !== ""; }).map(function (pair) { return pair[1].replace(/\r\n/g, "\n").trim(); }).join("\n");
    };
    return names.map(function (name) { return { name: name, mine: all(mine, name), theirs: all(theirs, name) }; })
      .filter(function (one) { return one.mine !== one.theirs; });
  };

  // "10.32", or with its day when that was not today.
  luring.clock = function (at, now) {
    const then = new Date(at), today = new Date(now);
    const two = function (n) { return String(n).padStart(2, "0"); };
    const time = two(then.getHours()) + "." + two(then.getMinutes());
    if (then.toDateString() === today.toDateString()) return "pukul " + time;
    const months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
    return then.getDate() + " " + months[then.getMonth()] + " pukul " + time;
  };

  luring.escape = function (text) {
    return String(text).replace(/[&<>"']/g, function (sign) { return "&#" + sign.charCodeAt(0) + ";"; });
  };
})();
