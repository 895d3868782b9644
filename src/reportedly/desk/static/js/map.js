"use strict";
(async function () {
  const p = window.picture;
  const element = document.getElementById("map");
  const assets = element.dataset.assets;
  const shade = p.form.elements.shade;
  shade.value = p.query.get("shade") || "incidents";
  p.lately(30);
  const map = L.map(element, { worldCopyJump: true, minZoom: 2, maxZoom: 11, zoomSnap: 0.5, preferCanvas: true, attributionControl: true }).setView([20, 30], 2.5);
  map.attributionControl.setPrefix(false).addAttribution("Outlines: Natural Earth");
  const ink = p.resolved("--dim"), land = p.resolved("--paper"), strong = p.resolved("--shade"), bad = p.resolved("--bad");
  const outlines = new Map();
  const layers = L.layerGroup().addTo(map), towns = L.layerGroup();
  const world = await (await fetch("/static/outlines/world.json?v=" + assets)).json();
  L.geoJSON(world, { interactive: false, style: { color: ink, weight: 0.6, fillColor: land, fillOpacity: 1 } }).addTo(map);

  async function outline(country) {
    if (!outlines.has(country)) {
      outlines.set(country, fetch("/static/outlines/" + country + ".json?v=" + assets).then(function (answer) { return answer.ok ? answer.json() : null; }));
    }
    return outlines.get(country);
  }
  function incidents(area) {
    const wanted = new URLSearchParams();
    if (area.admin1 || area.country) { wanted.set("place", area.admin1 || area.country); }
    if (p.query.get("from")) { wanted.set("from", p.query.get("from")); }
    if (p.query.get("to")) { wanted.set("to", p.query.get("to")); }
    for (const name of ["origins", "credibility", "telling"]) { if (p.query.get(name)) { wanted.set(name, p.query.get(name)); } }
    return (shade.value === "warnings" ? "/warnings?place=" + encodeURIComponent(area.admin1 || area.country) : (shade.value === "claims" ? "/claims?" : "/incidents?") + wanted);
  }
  function told(area) {
    return (area.admin1 || area.country) + ": " + area.incidents + " incidents, " + area.claims + " claims, " + area.disputed + " disputed, " + area.warnings + " open warnings";
  }
  function popup(area, name) {
    const box = p.element("div");
    box.append(p.element("b", name), p.element("p", told(area)), p.link("Show them", incidents(area)));
    return box;
  }
  async function draw() {
    const data = await p.get("/api/map", p.asked());
    const by = shade.value;
    layers.clearLayers(); towns.clearLayers();
    const areas = data.areas.filter(function (area) { return area[by] > 0 || area.incidents > 0; });
    const most = Math.max.apply(null, [1].concat(areas.map(function (area) { return area[by]; })));
    const countries = Array.from(new Set(areas.map(function (area) { return area.country; })));
    const loaded = await Promise.all(countries.map(outline));
    const bounds = L.latLngBounds([]), drawn = new Set();
    countries.forEach(function (country, index) {
      if (!loaded[index]) { return; }
      const known = new Map(areas.filter(function (area) { return area.country === country; }).map(function (area) { return [area.admin1, area]; }));
      L.geoJSON(loaded[index], {
        style: function (feature) {
          const area = known.get(feature.properties.name);
          const share = area ? Math.log1p(area[by]) / Math.log1p(most) : 0;
          return { color: ink, weight: 0.5, fillColor: strong, fillOpacity: share ? 0.12 + 0.68 * share : 0 };
        },
        onEachFeature: function (feature, layer) {
          const area = known.get(feature.properties.name);
          if (!area) { layer.options.interactive = false; return; }
          drawn.add(area);
          if (area[by]) { bounds.extend(layer.getBounds()); }
          layer.bindTooltip(told(area), { sticky: true }).bindPopup(function () { return popup(area, feature.properties.name); });
        },
      }).addTo(layers);
    });
    for (const point of by === "warnings" ? [] : data.points) {
      const value = by === "claims" ? point.claims : by === "disputed" ? point.disputed : point.incidents;
      if (!value) { continue; }
      const style = { radius: 3 + 2.2 * Math.log2(1 + value), color: point.disputed ? bad : ink, weight: 1, dashArray: point.near ? "3 3" : null, fillColor: strong, fillOpacity: point.near ? 0.15 : 0.75 };
      L.circleMarker([point.lat, point.lon], style)
        .bindTooltip((point.near ? "near " : "") + point.name + ": " + point.incidents + " incidents, " + point.claims + " claims")
        .bindPopup(function () { return popup({ admin1: point.name, country: point.country, incidents: point.incidents, claims: point.claims, disputed: point.disputed, warnings: 0 }, point.name); })
        .addTo(towns);
    }
    towns.addTo(map);
    if (bounds.isValid()) { map.fitBounds(bounds, { padding: [20, 20], maxZoom: 7, animate: false }); }
    const left = areas.filter(function (area) { return area.admin1 && !drawn.has(area); });
    areas.sort(function (a, b) { return b[by] - a[by] || b.incidents - a.incidents; });
    p.fill("#areas", areas.slice(0, 300).map(function (area) {
      return p.row([p.link((area.admin1 || "(somewhere in it)") + ", " + area.country, incidents(area)), area.incidents, area.claims, area.disputed, area.warnings], 1);
    }));
    p.tell((p.query.get("from") || "the beginning") + " to " + (p.query.get("to") || "the end") + ". Areas are shaded by " + shade.options[shade.selectedIndex].text +
      "; a town is drawn only where the town is told, dashed where it is only near. " + data.without_a_place + " incidents have no place." +
      (left.length ? " Not drawn, for want of an outline: " + left.slice(0, 8).map(function (area) { return area.admin1 + " (" + area.country + ")"; }).join(", ") + (left.length > 8 ? " and " + (left.length - 8) + " more" : "") + "." : ""));
  }
  // The slider: bars of all days; drag over some to draw only those.
  async function slider() {
    const wanted = p.asked(["country", "telling", "credibility", "origins"]);
    const bars = await p.get("/api/days", wanted);
    if (!bars.days.length) { return; }
    const seconds = bars.days.map(function (day) { return Date.parse((day.day + "-01").slice(0, 10) + "T00:00:00Z") / 1000; });
    const holder = document.getElementById("days");
    const plot = new uPlot({
      width: holder.clientWidth, height: 96, legend: { show: false }, cursor: { y: false, drag: { x: true, y: false, setScale: false } },
      axes: [{ stroke: p.resolved("--dim"), grid: { show: false } }, { show: false }], scales: { y: { range: function (_u, _low, high) { return [0, high || 1]; } } },
      series: [{}, { fill: strong, stroke: strong, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.9, 24] }) }],
      hooks: { setSelect: [function (u) {
        if (u.select.width < 3) { return; }
        const day = function (x) { return new Date(u.posToVal(x, "x") * 1000).toISOString().slice(0, 10); };
        p.form.elements.from.value = day(u.select.left); p.form.elements.to.value = day(u.select.left + u.select.width);
        p.query.set("from", p.form.elements.from.value); p.query.set("to", p.form.elements.to.value);
        history.replaceState(null, "", "?" + p.query);
        draw().catch(function (error) { p.tell(error.message); });
      }] },
    }, [seconds, bars.days.map(function (day) { return day.incidents; })], holder);
    addEventListener("resize", function () { plot.setSize({ width: holder.clientWidth, height: 96 }); });
  }
  shade.addEventListener("change", function () {
    p.query.set("shade", shade.value); history.replaceState(null, "", "?" + p.query);
    draw().catch(function (error) { p.tell(error.message); });
  });
  try { await draw(); await slider(); element.dataset.drawn = "yes"; } catch (error) { p.tell(error.message); }
})();
