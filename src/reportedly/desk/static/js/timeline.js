"use strict";
(async function () {
  const p = window.picture;
  p.lately(30);
  const holder = document.getElementById("timeline");
  try {
    const data = await p.get("/api/timeline", p.asked());
    // What is too short to bear its words at this scale is a point with its words beside it.
    const span = Date.parse(p.query.get("to")) - Date.parse(p.query.get("from"));
    const shape = function (start, end) { return (Date.parse(end) - Date.parse(start) + 86400000) / span < 0.06 ? "point" : "range"; };
    const items = data.incidents.map(function (m) {
      const told = m.type + (m.place ? ", " + m.place : "");
      return {
        id: "I" + m.number, group: m.country || "", content: told, title: told + ", " + m.start + (m.end !== m.start ? " to " + m.end : "") + ", " + m.origins + " origins",
        start: m.start, end: p.days(m.end, 1), className: m.telling + (m.disputed ? " disputed" : ""), type: shape(m.start, m.end),
      };
    }).concat(data.warnings.map(function (w) {
      return { id: "W" + w.number, group: "warnings", content: "W" + w.number + " " + w.area, title: "warning on " + w.area + ", " + w.start + " to " + w.end, start: w.start, end: p.days(w.end, 1), className: "warned", type: shape(w.start, w.end) };
    }));
    const names = Array.from(new Set(items.map(function (item) { return item.group; }))).sort();
    const groups = names.map(function (name) { return { id: name, content: name === "" ? "no country" : name, order: name === "warnings" ? 1 : 0 }; });
    const text = function (item) { return p.element("span", item.content); };
    const timeline = new vis.Timeline(holder, items, groups, {
      onInitialDrawComplete: function () {
        for (const panel of holder.querySelectorAll(".vis-vertical-scroll")) { panel.tabIndex = 0; }  // to scroll it by keyboard
        holder.dataset.drawn = "yes";
      },
      template: text, groupTemplate: text, stack: true, maxHeight: "68vh", zoomMin: 43200000, verticalScroll: true, zoomKey: "ctrlKey", orientation: "top",
      start: p.query.get("from") || undefined, end: p.query.get("to") ? p.days(p.query.get("to"), 1) : undefined, order: function (a, b) { return (a.order || 0) - (b.order || 0); },
    });
    timeline.on("doubleClick", function (event) { if (event.item) { location.href = (event.item[0] === "W" ? "/warnings/" : "/incidents/") + event.item.slice(1); } });
    p.fill("#moments", data.incidents.slice().sort(function (a, b) { return a.start < b.start ? 1 : -1; }).map(function (m) {
      return p.row([p.link("I" + m.number, "/incidents/" + m.number), m.type + (m.telling === "happened" ? "" : ", " + m.telling), (m.place || "") + (m.country ? ", " + m.country : ""), m.start + (m.end !== m.start ? " to " + m.end : ""), m.origins], 4);
    }));
    p.tell(data.incidents.length + " incidents, those with the most origins, and " + data.warnings.length + " windows of warnings. Drag to move, Ctrl and wheel to zoom, double click to open.");
  } catch (error) { p.tell(error.message); }
})();
