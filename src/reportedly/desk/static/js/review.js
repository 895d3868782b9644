"use strict";
// While a decision is on its way the next key would decide on a claim that nobody has seen yet.
let onTheWay = false;
document.body.addEventListener("htmx:beforeRequest", function () { onTheWay = true; });
document.body.addEventListener("htmx:afterRequest", function () { onTheWay = false; });
// Every key does what the element that bears it does; while somebody writes, keys are letters.
document.addEventListener("keydown", function (event) {
  if (onTheWay || event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") { event.target.blur(); }
    return;
  }
  const rejecting = document.querySelector(".reject[open]");
  const wanted = rejecting && /^[1-9]$/.test(event.key) ? '[data-reason="' + event.key + '"]' : /^[a-z]$/.test(event.key) ? '[data-key="' + event.key + '"]' : null;
  const found = wanted && document.querySelector("#card " + wanted);
  if (!found) { return; }
  event.preventDefault();
  found.click();
  if (found.tagName === "SUMMARY" && found.parentElement.open) {
    const first = found.parentElement.querySelector(found.dataset.key === "e" ? "select, input:not([type=hidden])" : "button");
    if (first) { first.focus(); }
  }
});
// After a decision the keyboard is where it was: on the card.
document.body.addEventListener("htmx:afterSwap", function () {
  const card = document.getElementById("claim");
  if (card) { card.tabIndex = -1; card.focus({ preventScroll: true }); }
});
