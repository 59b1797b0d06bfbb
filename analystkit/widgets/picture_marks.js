// The nearest mark of the picture is ringed under the pointer and named; a click opens its number.
const REACH = 16; // pixels from a mark within which it is meant

function render({ model, el }) {
  el.classList.add("ak-marks");
  let image = null; // the picture that the marks are of
  let marks = [];
  let near = null;

  const ring = document.createElement("div");
  const name = document.createElement("span");
  ring.className = "ak-mark";
  ring.setAttribute("aria-hidden", "true");
  ring.append(name);

  /** The picture of this explorer under the pointer, if it is one. */
  function pictureOf(event) {
    const target = event.target;
    if (!(target instanceof HTMLImageElement) || !target.closest(".ak-figure")) return null;
    const explorer = target.closest(".ak-explorer");
    return explorer && explorer === el.closest(".ak-explorer") ? target : null;
  }

  /** Ask for the marks of a picture that is new; a picture that changes is another image, or has another source. */
  function ask(picture) {
    if (image === picture && image.akSource === image.src) return;
    image = picture;
    image.akSource = image.src;
    image.akMarks = undefined;
    marks = [];
    model.send({ kind: "marks", of: image.src.slice(-64) });
  }

  function leave() {
    near = null;
    ring.remove();
    if (image) image.style.cursor = "";
  }

  function nearest(event) {
    const box = image.getBoundingClientRect();
    let best = null, least = REACH;
    for (const mark of marks) {
      const away = Math.hypot(mark[0] * box.width - (event.clientX - box.left), mark[1] * box.height - (event.clientY - box.top));
      if (away < least) [best, least] = [mark, away];
    }
    return best;
  }

  function move(event) {
    const picture = pictureOf(event);
    if (!picture) return near && leave();
    ask(picture);
    const mark = nearest(event);
    if (mark === near) return;
    leave();
    near = mark;
    if (!mark) return;
    const [x, y, keys, n] = mark;
    name.textContent = `${keys.map((pair) => pair[1] || `(no ${pair[0]})`).join(", ")}: ${n.toLocaleString("en")}`;
    ring.style.left = `${100 * x}%`;
    ring.style.top = `${100 * y}%`;
    ring.classList.toggle("ak-mark-right", x > 0.8);
    image.style.cursor = "pointer";
    image.parentElement.append(ring);
  }

  function click(event) {
    const picture = pictureOf(event);
    if (!picture || picture !== image) return;
    const mark = nearest(event);
    if (mark) model.send({ kind: "open", keys: mark[2] });
  }

  function take(message) {
    if (message.kind !== "marks" || !image || message.of !== image.src.slice(-64)) return;
    marks = message.marks;
    image.akMarks = marks;
  }

  model.on("msg:custom", take);
  document.addEventListener("pointermove", move);
  document.addEventListener("click", click);
  return () => {
    leave();
    model.off("msg:custom", take);
    document.removeEventListener("pointermove", move);
    document.removeEventListener("click", click);
  };
}

export default { render };
