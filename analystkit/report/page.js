"use strict";
// Brings the evidence of a number to the number. Without this script the links lead to the same lists further down.
const panel = document.getElementById("panel");
const list = document.getElementById("panel-list");
const heading = document.getElementById("panel-h");

function marked(text, span) {
  const [start, end] = span.split("-").map(Number);
  // Offsets count characters, not UTF-16 units.
  const letters = Array.from(text);
  const mark = document.createElement("mark");
  mark.textContent = letters.slice(start, end).join("");
  return [letters.slice(0, start).join(""), mark, letters.slice(end).join("")];
}

function show(evidence) {
  heading.textContent = evidence.querySelector("h3").textContent;
  list.replaceChildren(...Array.from(evidence.querySelectorAll("li a"), link => {
    const sentence = document.getElementById(link.getAttribute("href").slice(1));
    const item = document.createElement("li");
    const about = document.createElement("a");
    about.className = "about";
    about.href = link.getAttribute("href");
    about.textContent = link.textContent + ": " + sentence.closest("article").querySelector("h3").textContent;
    item.append(about, ...marked(sentence.textContent, link.dataset.m));
    return item;
  }));
  panel.showModal();
  panel.scrollTop = 0;
}

// A link into a closed part opens it first.
function reveal() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
}

function cell(text) {
  return '"' + text.replaceAll('"', '""') + '"';
}

document.addEventListener("click", event => {
  const number = event.target.closest("a.n");
  if (number) {
    event.preventDefault();
    show(document.getElementById(number.getAttribute("href").slice(1)));
  } else if (event.target.closest("#panel a.about")) {
    panel.close();
  }
});
document.getElementById("csv").addEventListener("click", () => {
  const rows = Array.from(list.children, item => {
    const about = item.querySelector(".about");
    return [about.textContent, item.textContent.slice(about.textContent.length)].map(cell).join(",");
  });
  const file = new Blob(["\ufeffsource,sentence\r\n" + rows.join("\r\n") + "\r\n"], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "evidence.csv";
  link.click();
  URL.revokeObjectURL(link.href);
});
addEventListener("hashchange", reveal);
reveal();
