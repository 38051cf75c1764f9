"use strict";
// The page is complete without this script: it sorts the table and shows all runs' numbers of an epoch under the pointer.

const runs = JSON.parse(document.getElementById("runs").textContent);

for (const button of document.querySelectorAll("thead button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th");
    const descending = head.ariaSort ? head.ariaSort === "ascending" : head.dataset.best === "high";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.ariaSort = descending ? "descending" : "ascending";
    const column = [...head.parentNode.children].indexOf(head);
    const body = head.closest("table").tBodies[0];
    const key = row => row.children[column].dataset.value;
    // A run without a number comes last either way.
    const order = (a, b) => key(a) === "" || key(b) === "" ? (key(a) === "") - (key(b) === "")
      : (isNaN(key(a)) ? key(a).localeCompare(key(b)) : key(a) - key(b)) * (descending ? -1 : 1);
    body.append(...[...body.rows].sort(order));
  });
}

const cell = (row, tag, text) => row.appendChild(Object.assign(document.createElement(tag), { textContent: text }));

for (const svg of document.querySelectorAll("svg.chart")) {
  const figure = svg.closest("figure");
  const cursor = svg.querySelector(".cursor");
  const tip = figure.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
  const { first, last, epochs } = svg.dataset;
  for (const title of svg.querySelectorAll("title")) title.remove();

  const show = event => {
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    const x = (event.clientX - box.left) / scale;
    const step = epochs > 1 ? (last - first) / (epochs - 1) : 1;
    const epoch = Math.min(Math.max(Math.round((x - first) / step), 0), epochs - 1);
    const at = Number(first) + epoch * step;
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
    cursor.style.visibility = "visible";
    fill(tip, svg.id, epoch);
    tip.hidden = false;
    const frame = figure.getBoundingClientRect();
    const left = box.left - frame.left + at * scale;
    const flip = left + 24 + tip.offsetWidth > frame.width;
    tip.style.left = `${flip ? left - tip.offsetWidth - 14 : left + 14}px`;
    tip.style.top = `${Math.max(8, Math.min(event.clientY - frame.top - tip.offsetHeight / 2, frame.height - tip.offsetHeight - 8))}px`;
  };
  svg.addEventListener("pointermove", show);
  svg.addEventListener("pointerdown", show);
  svg.addEventListener("pointerleave", () => {
    tip.hidden = true;
    cursor.style.visibility = "hidden";
  });
}

function fill(tip, measure, epoch) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  cell(head, "th", `epoch ${epoch + 1}`);
  cell(head, "th", "training");
  cell(head, "th", "validation");
  const shown = runs.filter((run, i) => document.getElementById(`show-r${i}`).checked && run[measure][epoch]);
  for (const run of shown) {
    const row = table.insertRow();
    const name = cell(row, "td", run.label);
    const swatch = Object.assign(document.createElement("span"), { className: `swatch r${runs.indexOf(run)}` });
    name.prepend(swatch);
    for (const text of run[measure][epoch]) cell(row, "td", text);
  }
  tip.replaceChildren(table);
}
