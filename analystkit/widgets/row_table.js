// A table of any length: only the rows in sight are in the page, and only they are asked of the kernel.
const HEIGHT = 28; // of a row, in pixels; as in row_table.css
const AHEAD = 60; // rows kept above and below those in sight
const PAUSE = 200; // milliseconds between the last key typed and the search

let made = 0;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const own = `ak-rows-${++made}`;
  const rows = new Map(); // place -> cells, of this version
  let current = 0;
  let pending = false; // one request at a time: a fast scroll asks for where it stops
  let timer = 0;

  const search = element("input", { type: "search", id: `${own}-search`, placeholder: "type to search", autocomplete: "off" });
  const told = element("span", { role: "status", class: "ak-rows-told" });
  const head = element("div", { role: "row", class: "ak-rows-row ak-rows-head", "aria-rowindex": "1" });
  const body = element("div", { role: "rowgroup", class: "ak-rows-body" });
  const grid = element("div", { role: "grid", class: "ak-rows-grid", tabindex: "0", "aria-readonly": "true" },
    element("div", { role: "rowgroup", class: "ak-rows-top" }, head), body);
  const help = element("p", { class: "ak-rows-help", id: `${own}-help` }, "Arrow keys choose a row, Enter opens it.");
  const bar = element("div", { class: "ak-rows-bar" },
    element("label", { for: search.id }, "Search"), search, told, help);
  const frame = element("div", { class: "ak-rows" }, bar, grid);
  grid.setAttribute("aria-describedby", help.id);

  const summary = element("summary");
  const details = element("details", {}, summary);
  details.addEventListener("toggle", () => draw());
  if (model.get("folded")) details.append(frame);
  el.append(model.get("folded") ? details : frame);

  const columns = () => model.get("columns");
  const shown = () => frame.isConnected && frame.offsetParent !== null;

  function drawHead() {
    grid.setAttribute("aria-label", model.get("label"));
    grid.setAttribute("aria-colcount", columns().length);
    grid.style.setProperty("--ak-columns", columns().map((column) => column.width).join(" "));
    const focused = head.contains(document.activeElement) ? document.activeElement.dataset.column : null;
    head.replaceChildren(...columns().map((column) => {
      const sorted = model.get("sort") === column.name;
      const down = model.get("descending");
      const button = element("button", { type: "button", "data-column": column.name, title: `Sort by ${column.label}` },
        column.label, element("span", { "aria-hidden": "true" }, sorted ? (down ? " ▼" : " ▲") : ""));
      button.addEventListener("click", () => {
        model.set({ sort: column.name, descending: sorted ? !down : false });
        model.save_changes();
      });
      return element("div", { role: "columnheader", class: column.number || column.look === "end" ? "ak-rows-number" : "",
        "aria-sort": sorted ? (down ? "descending" : "ascending") : "none" }, button);
    }));
    if (focused) head.querySelector(`[data-column="${CSS.escape(focused)}"]`)?.focus();
  }

  function drawTold() {
    const n = model.get("n").toLocaleString("en");
    const all = model.get("n_all").toLocaleString("en");
    told.textContent = n === all ? `${all} ${model.get("unit")}` : `${n} of ${all} ${model.get("unit")}`;
    summary.textContent = `${model.get("folded")} (${all} ${model.get("unit")})`;
    grid.setAttribute("aria-rowcount", model.get("n") + 1);
    body.style.height = `${model.get("n") * HEIGHT}px`;
    // Few rows need no empty frame below them.
    grid.style.height = model.get("n") < 9 ? `${(Math.max(model.get("n"), 2) + 1) * HEIGHT + 4}px` : "";
  }

  const inSight = () => {
    const first = Math.floor(grid.scrollTop / HEIGHT);
    const many = Math.ceil(grid.clientHeight / HEIGHT);
    return [first, Math.min(first + many, model.get("n")) - 1, many];
  };

  function drawRow(place) {
    const cells = rows.get(place);
    const row = element("div", { role: "row", class: "ak-rows-row", id: `${own}-row-${place}`, "aria-rowindex": place + 2,
      "aria-selected": String(place === current), "data-place": place });
    row.style.top = `${place * HEIGHT}px`;
    if (!cells) row.setAttribute("aria-busy", "true");
    columns().forEach((column, i) => {
      const text = cells ? cells[i] : "…";
      const look = column.number ? "ak-rows-number" : column.look ? `ak-rows-${column.look}` : "";
      // What is cut at its beginning runs the other way, and its words as they are written.
      const shown = column.look === "end" ? element("bdi", { dir: "ltr" }, text) : text;
      const cell = element("div", { role: i ? "gridcell" : "rowheader", class: look }, shown);
      if (text.length > 20) cell.title = text;
      row.append(cell);
    });
    return row;
  }

  function draw() {
    if (!shown()) return;
    const [first, last] = inSight();
    const from = Math.max(0, first - AHEAD / 4), to = Math.min(model.get("n") - 1, last + AHEAD / 4);
    const drawn = [];
    // The row that the keys are on stays in the page, or a screen reader would lose it.
    for (let place = Math.floor(from); place <= to; place++) drawn.push(drawRow(place));
    body.replaceChildren(...drawn);
    const active = body.querySelector(`[data-place="${current}"]`);
    if (active) grid.setAttribute("aria-activedescendant", active.id);
    else grid.removeAttribute("aria-activedescendant");
    ask(first, last);
  }

  function ask(first, last) {
    if (pending) return;
    let missing = false;
    for (let place = Math.max(0, first); place <= last; place++) if (!rows.has(place)) missing = true;
    if (!missing) return;
    pending = true;
    model.send({ kind: "rows", first: Math.max(0, first - AHEAD), last: last + AHEAD, version: model.get("version") });
  }

  function choose(place) {
    const n = model.get("n");
    if (!n) return;
    current = Math.max(0, Math.min(n - 1, place));
    const top = current * HEIGHT, height = grid.clientHeight - HEIGHT;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + HEIGHT > grid.scrollTop + height) grid.scrollTop = top + HEIGHT - height;
    draw();
  }

  const open = (place) => {
    if (rows.has(place)) model.send({ kind: "open", place, version: model.get("version") });
  };

  grid.addEventListener("scroll", () => requestAnimationFrame(draw));
  grid.addEventListener("keydown", (event) => {
    if (event.target !== grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = inSight()[2] - 2;
    const steps = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page,
      Home: 0, End: model.get("n") - 1 };
    if (event.key in steps) choose(steps[event.key]);
    else if (event.key === "Enter" && !event.shiftKey) open(current);
    else return;
    event.preventDefault();
    event.stopPropagation(); // else JupyterLab takes it for a command
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("[data-place]");
    if (!row) return;
    choose(Number(row.dataset.place));
    open(current);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      model.set("search", search.value);
      model.save_changes();
    }, PAUSE);
  });

  function anew() {
    rows.clear();
    current = 0;
    pending = false;
    grid.scrollTop = 0;
    drawHead();
    drawTold();
    draw();
  }
  function take(message) {
    if (message.kind === "focus") {
      if (details.isConnected) details.open = true;
      grid.focus();
      return;
    }
    if (message.version !== model.get("version")) return;
    pending = false;
    message.rows.forEach((cells, i) => rows.set(message.first + i, cells));
    draw();
  }
  const follow = () => { if (search.value !== model.get("search")) search.value = model.get("search"); };

  model.on("change:version", anew);
  model.on("change:search", follow);
  model.on("msg:custom", take);
  const seen = new ResizeObserver(draw);
  seen.observe(grid);
  search.value = model.get("search");
  drawHead();
  drawTold();
  return () => {
    seen.disconnect();
    clearTimeout(timer);
    model.off("change:version", anew);
    model.off("change:search", follow);
    model.off("msg:custom", take);
  };
}

export default { render };
