// Bars over time with two handles: drag over the bars, or move a handle with the arrow keys.
const PAUSE = 250; // milliseconds after the last key before the choice is sent
const TICKS = 8;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December"];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function inWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

function tickLabel(day, unit) {
  const [year, month, date] = day.split("-").map(Number);
  if (unit === "year") return String(year);
  const name = MONTHS[month - 1].slice(0, 3);
  return unit === "day" ? `${date} ${name} ${year}` : `${name} ${year}`;
}

function render({ model, el }) {
  const about = element("span", { class: "ak-brush-about" });
  const told = element("strong", { "aria-live": "off" });
  const all = element("button", { type: "button" }, "All days");
  const bars = element("div", { class: "ak-brush-bars", role: "img" });
  const handles = ["First day shown", "Last day shown"].map((label) =>
    element("div", { class: "ak-brush-handle", role: "slider", tabindex: "0", "aria-label": label }));
  const track = element("div", { class: "ak-brush-track" }, bars, ...handles);
  const ticks = element("div", { class: "ak-brush-ticks", "aria-hidden": "true" });
  const frame = element("div", { class: "ak-brush", role: "group", "aria-label": "Days shown" },
    element("div", { class: "ak-brush-bar" }, about, told, all), track, ticks);
  el.append(frame);

  let ends = [0, 0]; // places of the bars under the handles
  let timer = 0;
  const bins = () => model.get("bins");

  /** Where the chosen days lie: the first bar that ends on or after `since`, the last that begins on or before `until`. */
  function places() {
    const [since, until] = model.get("chosen");
    const first = since ? bins().findIndex((bin) => bin[1] >= since) : 0;
    const last = until ? bins().findLastIndex((bin) => bin[0] <= until) : bins().length - 1;
    return [first < 0 ? bins().length - 1 : first, Math.max(last, 0)];
  }

  function drawBars() {
    const n = bins().length;
    frame.hidden = n < 2;
    if (n < 2) return;
    const unit = model.get("unit");
    const most = Math.max(...bins().map((bin) => bin[2]));
    about.textContent = `Articles per ${unit}; drag to choose days.`;
    const largest = bins().find((bin) => bin[2] === most);
    bars.setAttribute("aria-label", `Bars: articles per ${unit}, ${inWords(bins()[0][0])} to ${inWords(bins()[n - 1][1])}; `
      + `the most, ${most}, from ${inWords(largest[0])} on.`);
    bars.replaceChildren(...bins().map(([first, last, count]) => {
      const bar = element("span");
      bar.style.height = count ? `max(2px, ${(100 * count) / most}%)` : "0";
      const days = first === last ? inWords(first) : `${inWords(first)} to ${inWords(last)}`;
      return element("div", { title: `${days}: ${count.toLocaleString("en")} ${count === 1 ? "article" : "articles"}` }, bar);
    }));
    const step = Math.max(1, Math.ceil(n / TICKS));
    ticks.replaceChildren();
    for (let place = 0; place < n; place += step) {
      const tick = element("span", {}, tickLabel(bins()[place][0], unit));
      if (place / n > 0.9) continue; // it would stand out of the frame
      tick.style.left = `${(100 * place) / n}%`;
      ticks.append(tick);
    }
  }

  function drawEnds() {
    const n = bins().length;
    if (n < 2) return;
    const [from, to] = ends;
    [...bars.children].forEach((bar, place) => bar.classList.toggle("ak-in", place >= from && place <= to));
    const [since, until] = days(ends);
    const words = [inWords(since || bins()[0][0]), inWords(until || bins()[n - 1][1])];
    const inside = bins().slice(from, to + 1).reduce((sum, bin) => sum + bin[2], 0);
    const articles = `${inside.toLocaleString("en")} ${inside === 1 ? "article" : "articles"}`;
    told.textContent = since || until ? `${words[0]} to ${words[1]}` : "all days";
    all.disabled = !since && !until;
    handles.forEach((handle, which) => {
      handle.style.left = `${(100 * (ends[which] + which)) / n}%`;
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(n - 1));
      handle.setAttribute("aria-valuenow", String(ends[which]));
      handle.setAttribute("aria-valuetext", `${which ? "to" : "from"} ${words[which]}; ${articles} chosen`);
    });
  }

  /** The days that the handles stand for; a day chosen elsewhere stays as it is while its handle is not moved. */
  function days([from, to]) {
    const [since, until] = model.get("chosen");
    const [first, last] = places();
    return [
      from === first ? since : from ? bins()[from][0] : "",
      to === last ? until : to < bins().length - 1 ? bins()[to][1] : "",
    ];
  }

  function send() {
    clearTimeout(timer);
    model.set("chosen", days(ends));
    model.save_changes();
  }

  function move(which, place) {
    const kept = Math.max(0, Math.min(bins().length - 1, place));
    ends = which ? [ends[0], Math.max(kept, ends[0])] : [Math.min(kept, ends[1]), ends[1]];
    drawEnds();
  }

  handles.forEach((handle, which) => {
    handle.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const leap = Math.max(1, Math.round(bins().length / 10));
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -leap, PageUp: leap,
        Home: -bins().length, End: bins().length };
      if (!(event.key in steps)) return;
      event.preventDefault();
      event.stopPropagation(); // else JupyterLab takes it for a command
      move(which, ends[which] + steps[event.key]);
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    });
  });

  function placeAt(event) {
    const box = bars.getBoundingClientRect();
    const place = Math.floor((bins().length * (event.clientX - box.left)) / box.width);
    return Math.max(0, Math.min(bins().length - 1, place));
  }

  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const which = handles.indexOf(event.target);
    const start = placeAt(event);
    const before = ends;
    let moved = false;
    track.setPointerCapture(event.pointerId);
    const drag = (to) => {
      const place = placeAt(to);
      moved = true;
      if (which >= 0) move(which, place);
      else {
        ends = [Math.min(start, place), Math.max(start, place)];
        drawEnds();
      }
    };
    const done = (up) => {
      track.removeEventListener("pointermove", drag);
      track.removeEventListener("pointerup", done);
      track.removeEventListener("pointercancel", done);
      if (up.type === "pointercancel") {
        ends = before;
        drawEnds();
      } else if (moved || which < 0) {
        if (!moved) drag(up); // a click on a bar chooses its days
        send();
      }
    };
    track.addEventListener("pointermove", drag);
    track.addEventListener("pointerup", done);
    track.addEventListener("pointercancel", done);
  });
  all.addEventListener("click", () => {
    ends = [0, bins().length - 1];
    handles[0].focus(); // the button goes
    send();
  });

  const follow = () => {
    ends = places();
    drawEnds();
  };
  const anew = () => {
    drawBars();
    follow();
  };
  model.on("change:bins", anew);
  model.on("change:chosen", follow);
  anew();
  return () => {
    clearTimeout(timer);
    model.off("change:bins", anew);
    model.off("change:chosen", follow);
  };
}

export default { render };
