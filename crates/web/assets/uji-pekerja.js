// Looks after the trial page only: gives it from the network, and from what was kept when there is none.
"use strict";
var STORE = "praja-uji-1";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener("message", function (event) {
  var answer = event.ports[0];
  if (!event.data || !Array.isArray(event.data.simpan) || !answer) return;
  event.waitUntil(caches.open(STORE).then(function (store) {
    return store.addAll(event.data.simpan);
  }).then(function () { answer.postMessage("tersimpan"); }, function () { answer.postMessage("gagal"); }));
});

self.addEventListener("fetch", function (event) {
  // Whether there is a line is asked of the line itself.
  if (event.request.method !== "GET" || new URL(event.request.url).pathname === "/healthz") return;
  event.respondWith(fetch(event.request).catch(function () {
    return caches.open(STORE).then(function (store) { return store.match(event.request); }).then(function (kept) {
      return kept || Response.error();
    });
  }));
});
