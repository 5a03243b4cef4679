// What the network's page adds to the drawing: jump to what is searched for, full
// screen, the picture as PNG, and saving a layout. Waits for "networkdrawn" of
// network.mjs: stands before it in the page.

const PNG_SCALE = 2;

// "Šiaulių" is met by "siauliu", as the server's search does it.
function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\p{Pd}/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function wireSearch({ nodes, choose }) {
  const field = document.querySelector("[data-network-find]");
  if (!field) return;
  const known = nodes.map(({ id, title, label }) => [id, fold(`${label} ${title}`)]);
  let last = "";
  let at = -1;
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field.value.trim()) return;
    const wanted = fold(field.value);
    const found = known.filter(([, words]) => words.includes(wanted));
    if (!found.length) return; // the server says in words that there is none
    event.preventDefault();
    at = wanted === last ? (at + 1) % found.length : 0;
    last = wanted;
    choose(found[at][0]);
  });
}

function wireJumps({ choose }) {
  for (const link of document.querySelectorAll("[data-network-jump]")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      choose(link.dataset.networkJump);
    });
  }
}

function wireFullScreen(stage, { network }) {
  const button = document.querySelector("[data-network-act=full]");
  if (!button || !stage?.requestFullscreen) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else stage.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => network.fit({ animation: false }));
}

function savePicture(canvas) {
  const copy = document.createElement("canvas");
  const ratio = (PNG_SCALE * canvas.clientWidth) / canvas.width;
  copy.width = Math.round(canvas.width * ratio);
  copy.height = Math.round(canvas.height * ratio);
  const pen = copy.getContext("2d");
  pen.fillStyle = getComputedStyle(canvas.closest("[data-network]")).backgroundColor;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0, copy.width, copy.height);
  copy.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${document.title}.png`.replace(/[\\/:*?"<>|]/g, "_");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, "image/png");
}

function wirePicture(frame) {
  const button = document.querySelector("[data-network-act=png]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => savePicture(frame.querySelector("canvas")));
}

// vis-network rounds places it is asked for: whoever was not dragged stays to the dot.
function wireSaving({ network, nodes }) {
  const form = document.querySelector("[data-network-save]");
  if (!form) return;
  const dragged = new Set();
  network.on("dragEnd", ({ nodes: ids }) => ids.forEach((id) => dragged.add(id)));
  form.hidden = false;
  form.addEventListener("submit", () => {
    const now = network.getPositions([...dragged]);
    const places = nodes.map(({ id, x, y }) => [id, now[id] ? [now[id].x, now[id].y] : [x, y]]);
    form.elements.namedItem("places").value = JSON.stringify(Object.fromEntries(places));
  });
}

document.addEventListener("networkdrawn", (event) => {
  const frame = event.target;
  wireSearch(event.detail);
  wireJumps(event.detail);
  wireFullScreen(frame.closest("[data-network-stage]"), event.detail);
  wirePicture(frame);
  wireSaving(event.detail);
});
