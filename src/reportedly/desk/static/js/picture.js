"use strict";
// What map, timeline and network share: the form that says what is drawn, asking for it, and rows of the table that has the same in words.
window.picture = (function () {
  const form = document.getElementById("asked");
  const query = new URLSearchParams(location.search);

  function asked(names) {
    const wanted = new URLSearchParams();
    for (const name of names || ["from", "to", "country", "admin1", "telling", "credibility", "origins", "disputed"]) {
      for (const value of query.getAll(name)) { if (value) { wanted.append(name, value); } }
    }
    return wanted;
  }
  function days(date, count) {
    const moved = new Date(date + "T00:00:00Z");
    moved.setUTCDate(moved.getUTCDate() + count);
    return moved.toISOString().slice(0, 10);
  }
  // Without days, the last ones of which something is told.
  function lately(count) {
    if (!query.get("from") && !query.get("to") && form.dataset.last) {
      query.set("from", days(form.dataset.last, -count));
      query.set("to", form.dataset.last);
      for (const name of ["from", "to"]) { form.elements[name].value = query.get(name); }
    }
  }
  async function get(path, wanted) {
    const answer = await fetch(path + "?" + wanted, { headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) { throw new Error(body.detail || answer.statusText); }
    return body;
  }
  function tell(text) { document.getElementById("told").textContent = text; }
  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) { made.textContent = text; }
    for (const key in attributes || {}) { made.setAttribute(key, attributes[key]); }
    return made;
  }
  function link(text, href) { return element("a", text, { href: href }); }
  function row(cells, numbersFrom) {
    const line = document.createElement("tr");
    cells.forEach(function (cell, index) {
      const td = element(index ? "td" : "th", null, index ? {} : { scope: "row" });
      if (index >= numbersFrom) { td.className = "number"; }
      if (cell instanceof Node) { td.append(cell); } else { td.append(element("bdi", cell)); }
      line.append(td);
    });
    return line;
  }
  function fill(table, rows) { document.querySelector(table + " tbody").replaceChildren.apply(document.querySelector(table + " tbody"), rows); }
  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  // A colour variable as a canvas or a library can take it: light-dark() resolved.
  function resolved(name) {
    const probe = element("span");
    probe.style.color = "var(" + name + ")";
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }
  return { form: form, query: query, asked: asked, days: days, lately: lately, get: get, tell: tell, element: element, link: link, row: row, fill: fill, colour: colour, resolved: resolved };
})();
