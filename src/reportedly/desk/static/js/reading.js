"use strict";
(function () {
  const cards = Array.from(document.querySelectorAll("#cards li[data-n]"));
  const pieces = Array.from(document.querySelectorAll("#text span[data-m]")).map(function (element) {
    return { element: element, marks: element.dataset.m.split(" ").map(function (m) { return m.split(":"); }) };
  });
  // Where one word has several roles in a claim, the first of these is shown.
  const order = ["trigger", "hedge", "cue", "means", "who", "whom", "where", "when", "source"];
  let chosen = null;

  function light(number) {
    for (const piece of pieces) {
      const roles = piece.marks.filter(function (m) { return m[0] === number; }).map(function (m) { return m[1]; });
      const role = order.find(function (r) { return roles.includes(r); });
      piece.element.className = role ? "on " + role : "";
      piece.element.title = role ? "claim " + number + ": " + roles.join(", ") : "";
    }
  }
  function choose(number, scroll) {
    chosen = number;
    for (const card of cards) {
      card.classList.toggle("chosen", card.dataset.n === number);
      if (card.dataset.n === number) {
        card.setAttribute("aria-current", "true");
        if (scroll) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
      } else { card.removeAttribute("aria-current"); }
    }
    light(number);
    const first = document.querySelector("#text .on.trigger");
    if (first && scroll) { first.scrollIntoView({ block: "nearest" }); }
  }
  for (const card of cards) {
    card.addEventListener("mouseenter", function () { light(card.dataset.n); });
    card.addEventListener("mouseleave", function () { light(chosen); });
    card.addEventListener("focus", function () { light(card.dataset.n); });
    card.addEventListener("click", function () { choose(card.dataset.n, true); });
  }
  for (const piece of pieces) {
    piece.element.addEventListener("click", function () {
      const numbers = piece.marks.map(function (m) { return m[0]; });
      const at = numbers.indexOf(chosen);
      const distinct = Array.from(new Set(numbers));
      choose(at < 0 ? distinct[0] : distinct[(distinct.indexOf(chosen) + 1) % distinct.length], true);
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    const now = cards.findIndex(function (c) { return c.dataset.n === chosen; });
    if (event.key === "j" || event.key === "ArrowDown" && event.target.matches("#cards li")) {
      choose(cards[Math.min(now + 1, cards.length - 1)].dataset.n, true); event.preventDefault();
    } else if (event.key === "k" || event.key === "ArrowUp" && event.target.matches("#cards li")) {
      choose(cards[Math.max(now - 1, 0)].dataset.n, true); event.preventDefault();
    } else if ((event.key === "Enter" || event.key === " ") && event.target.dataset && event.target.dataset.n) {
      choose(event.target.dataset.n, true); event.preventDefault();
    } else if (event.key === "Escape") { choose(null, false); }
  });
  const wanted = document.getElementById(location.hash.slice(1));
  if (wanted && wanted.dataset.n) { choose(wanted.dataset.n, true); }
})();
