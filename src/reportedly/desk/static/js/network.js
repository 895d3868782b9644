"use strict";
(async function () {
  const p = window.picture;
  p.lately(90);
  const holder = document.getElementById("network"), kinds = document.getElementById("kinds");
  const colours = { fights: "#d55e00", presses: "#e69f00", supplies: "#009e73", meets: "#56b4e9", agrees: "#0072b2" };
  const chosen = p.query.getAll("kind");
  for (const box of kinds.querySelectorAll("input")) { box.checked = !chosen.length || chosen.includes(box.value); }
  let drawing = null;

  async function draw() {
    const wanted = p.asked();
    const on = Array.from(kinds.querySelectorAll("input:checked"));
    for (const box of on) { wanted.append("kind", box.value); }
    const edges = on.length ? await p.get("/api/network", wanted) : [];
    const names = Array.from(new Set(edges.flatMap(function (edge) { return [edge.one, edge.other]; })));
    const weight = new Map(names.map(function (name) { return [name, 0]; }));
    for (const edge of edges) { for (const name of [edge.one, edge.other]) { weight.set(name, weight.get(name) + edge.origins); } }
    const elements = names.map(function (name) { return { data: { id: name, label: name, size: 14 + 7 * Math.log2(1 + weight.get(name)) } }; }).concat(edges.map(function (edge, index) {
      return { data: { id: "e" + index, source: edge.one, target: edge.other, kind: edge.kind, colour: colours[edge.kind], width: 1 + 1.4 * Math.log2(1 + edge.origins), both: edge.kind === "meets" || edge.kind === "agrees" ? "none" : "triangle" }, classes: edge.telling };
    }));
    if (drawing) { drawing.destroy(); }
    const ink = p.resolved("--ink"), paper = p.resolved("--paper");
    drawing = cytoscape({
      container: holder, elements: elements, minZoom: 0.2, maxZoom: 4,
      style: [
        { selector: "node", style: { label: "data(label)", width: "data(size)", height: "data(size)", "background-color": p.resolved("--shade"), color: ink, "font-size": 12, "text-outline-color": paper, "text-outline-width": 2, "text-valign": "bottom", "text-margin-y": 3, "text-wrap": "wrap", "text-max-width": 110 } },
        { selector: "edge", style: { width: "data(width)", "line-color": "data(colour)", "target-arrow-color": "data(colour)", "target-arrow-shape": "data(both)", "curve-style": "bezier", opacity: 0.85 } },
        { selector: "edge.ahead", style: { "line-style": "dashed" } }, { selector: "edge.denied", style: { "line-style": "dotted", opacity: 0.6 } },
        { selector: "node:selected", style: { "border-width": 3, "border-color": ink } },
      ],
      layout: { name: "cose", animate: false, nodeRepulsion: 9000, idealEdgeLength: 90, padding: 30, randomize: false },
    });
    if (drawing.zoom() > 1.2) { drawing.zoom(1.2); drawing.center(); }
    drawing.on("tap", "node", function (event) { location.href = "/claims?actor=" + encodeURIComponent(event.target.id()) + span(); });
    p.fill("#edges", edges.map(function (edge) {
      return p.row([p.link(edge.one, "/claims?actor=" + encodeURIComponent(edge.one) + span()), edge.kind, edge.other, edge.telling, edge.incidents, edge.origins], 4);
    }));
    p.tell(names.length + " actors, " + edges.length + " relations, " + (p.query.get("from") || "the beginning") + " to " + (p.query.get("to") || "the end") + ". Choose an actor to see the claims.");
    holder.dataset.drawn = "yes";
  }
  function span() {
    return (p.query.get("from") ? "&from=" + p.query.get("from") : "") + (p.query.get("to") ? "&to=" + p.query.get("to") : "");
  }
  kinds.addEventListener("change", function () {
    p.query.delete("kind");
    const boxes = Array.from(kinds.querySelectorAll("input")), on = boxes.filter(function (box) { return box.checked; });
    if (on.length < boxes.length) { for (const box of on) { p.query.append("kind", box.value); } }
    history.replaceState(null, "", "?" + p.query);
    draw().catch(function (error) { p.tell(error.message); });
  });
  draw().catch(function (error) { p.tell(error.message); });
})();
