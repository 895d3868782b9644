"use strict";
(function () {
  const rows = Array.from(document.querySelectorAll("#bands tbody tr")).map(function (row) { return [100 * Number(row.dataset.probability), 100 * Number(row.dataset.share)]; }).sort(function (a, b) { return a[0] - b[0]; });
  if (!rows.length) { return; }
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = function (name) { probe.style.color = "var(" + name + ")"; return getComputedStyle(probe).color; };
  const ink = colour("--dim"), strong = colour("--shade"), line = colour("--line");
  probe.remove();
  const axis = { stroke: ink, grid: { stroke: line, width: 0.5 }, values: function (_u, values) { return values.map(function (v) { return v + " %"; }); } };
  const at = Array.from(new Set([0].concat(rows.map(function (r) { return r[0]; }), [100]))).sort(function (a, b) { return a - b; });
  const share = at.map(function (x) { const found = rows.find(function (r) { return r[0] === x; }); return found ? found[1] : null; });
  new uPlot({
    width: 400, height: 340, legend: { show: false }, cursor: { show: false }, scales: { x: { time: false, range: [0, 100] }, y: { range: [0, 100] } },
    axes: [Object.assign({ label: "said to be likely" }, axis), Object.assign({ label: "came true", size: 60 }, axis)],
    series: [{}, { stroke: ink, dash: [5, 5], width: 1, points: { show: false } }, { stroke: strong, width: 2, spanGaps: true, points: { show: true, size: 9, fill: strong } }],
  }, [at, at, share], document.getElementById("calibration"));
})();
