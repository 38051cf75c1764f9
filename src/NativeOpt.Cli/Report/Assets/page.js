"use strict";
// The page is complete without this script: it sorts tables and shows the numbers of all lines under the pointer.

for (const button of document.querySelectorAll("thead button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th");
    const descending = head.ariaSort ? head.ariaSort === "ascending" : head.dataset.best === "high";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.ariaSort = descending ? "descending" : "ascending";
    const column = [...head.parentNode.children].indexOf(head);
    const body = head.closest("table").tBodies[0];
    const key = row => row.children[column].dataset.value;
    // A row without a number comes last either way.
    const order = (a, b) => key(a) === "" || key(b) === "" ? (key(a) === "") - (key(b) === "")
      : (isNaN(key(a)) || isNaN(key(b)) ? key(a).localeCompare(key(b)) : key(a) - key(b)) * (descending ? -1 : 1);
    body.append(...[...body.rows].sort(order));
  });
}

const pictures = JSON.parse(document.getElementById("hover").textContent);

const cell = (row, tag, text) => row.appendChild(Object.assign(document.createElement(tag), { textContent: text }));

for (const svg of document.querySelectorAll("svg.chart")) {
  const data = pictures[svg.dataset.chart];
  if (!data) continue;
  const figure = svg.closest("figure");
  const cursor = svg.querySelector(".cursor");
  const tip = figure.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
  for (const title of svg.querySelectorAll("title")) title.remove();

  const show = event => {
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    const x = (event.clientX - box.left) / scale;
    const shown = data.series.filter(line =>
      isOn(figure, `r${line.slot}`) && (line.variant === "" || isOn(figure, variantClass(line.variant))));
    const at = data.at ? fillShared(tip, data, shown, x) : fillOwn(tip, data, shown, x);
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
    cursor.style.visibility = "visible";
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

const variantClass = variant => "v-" + variant.toLowerCase().replace(/[^a-z0-9]/g, "-");

// What the legend has no switch for is always shown.
function isOn(figure, what) {
  const input = figure.closest(".group").querySelector(`.legend input[data-shows="${what}"]`);
  return !input || input.checked;
}

const nearest = (places, x) =>
  places.reduce((best, place, i) => Math.abs(place - x) < Math.abs(places[best] - x) ? i : best, 0);

// All lines have the same places: a row for each label, a column for each variant.
function fillShared(tip, data, shown, x) {
  const index = nearest(data.at, x);
  const variants = [...new Set(shown.map(line => line.variant))];
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  cell(head, "th", `${data.name} ${data.texts[index]}`);
  for (const variant of variants) cell(head, "th", variant);
  for (const lines of Map.groupBy(shown, line => line.slot).values()) {
    if (!lines.some(line => index < line.values.length)) continue;
    const row = table.insertRow();
    name(row, lines[0]);
    for (const variant of variants) cell(row, "td", lines.find(line => line.variant === variant)?.values[index] ?? "");
  }
  tip.replaceChildren(table);
  return data.at[index];
}

// Every line has its own: of each its nearest point.
function fillOwn(tip, data, shown, x) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  cell(head, "th", "");
  cell(head, "th", data.name);
  cell(head, "th", data.title.toLowerCase());
  for (const line of shown) {
    const index = nearest(line.at, x);
    const row = table.insertRow();
    name(row, line);
    cell(row, "td", line.texts[index]);
    cell(row, "td", line.values[index]);
  }
  tip.replaceChildren(table);
  return x;
}

function name(row, line) {
  const first = cell(row, "td", line.label);
  first.prepend(Object.assign(document.createElement("span"), { className: `swatch r${line.slot}` }));
}
