// Draws the network from <script type="application/json" id="network-data"> into
// [data-network]. vis-data and vis-network (peer builds) must be loaded before.
// Places are given and nothing moves by itself; without script the page's list remains.
// Optional: [data-network-act="in|out|fit"] buttons, [data-network-panel] for the choice.

const STEP = 1.25;
const READABLE = 0.6; // smaller than this no label can be read: begin with the middle
const SECTORS = ["government", "ngo", "academia", "international", "judiciary"];
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (still.matches ? false : { duration: 180, easingFunction: "easeOutQuad" });

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// A partner's symbol is filled, another's is an outline: told without colour too.
function nodeColour(node) {
  const sector = token(SECTORS.includes(node.group) ? node.group : "muted");
  const background = node.standing === "other" ? token("panel") : sector;
  const chosen = { background, border: token("focus") };
  return { background, border: sector, highlight: chosen, hover: chosen };
}

function dressedNode(node) {
  return {
    ...node,
    group: undefined,
    borderWidth: node.standing === "ncp" ? 4 : 2,
    borderWidthSelected: 4,
    color: { ...nodeColour(node), ...(node.standing === "ncp" && { border: token("ink") }) },
    font: {
      color: token("ink"),
      face: "Inter, system-ui, sans-serif",
      strokeWidth: 4,
      strokeColor: token("panel"),
    },
  };
}

function dressedEdge(edge, number) {
  const line = token("line");
  return { ...edge, id: number, color: { color: line, hover: token("focus"), highlight: token("focus") } };
}

function show(panel, node) {
  if (!panel) return;
  panel.replaceChildren();
  if (!node) return;
  const link = document.createElement("a");
  link.href = node.url;
  link.textContent = node.title;
  panel.append(link);
}

function wireButtons(network) {
  const acts = {
    in: () => network.moveTo({ scale: network.getScale() * STEP, animation: motion() }),
    out: () => network.moveTo({ scale: network.getScale() / STEP, animation: motion() }),
    fit: () => network.fit({ animation: motion() }),
  };
  for (const button of document.querySelectorAll("[data-network-act]")) {
    button.hidden = false;
    button.addEventListener("click", () => acts[button.dataset.networkAct]?.());
  }
}

// The wheel scrolls the page until somebody works in the drawing.
function wireWheel(network, frame) {
  const zoom = (zoomView) => network.setOptions({ interaction: { zoomView } });
  frame.addEventListener("focusin", () => zoom(true));
  frame.addEventListener("focusout", () => zoom(false));
  frame.addEventListener("pointerdown", () => zoom(true));
  frame.addEventListener("pointerleave", () => {
    if (!frame.contains(document.activeElement)) zoom(false);
  });
}

function draw(frame, data) {
  const { DataSet, Network } = window.vis;
  const nodes = new DataSet(data.nodes.map(dressedNode));
  const edges = new DataSet(data.edges.map(dressedEdge));
  frame.replaceChildren();
  const network = new Network(frame, { nodes, edges }, data.options);
  const panel = document.querySelector("[data-network-panel]");
  network.on("selectNode", ({ nodes: [id] }) => show(panel, nodes.get(id)));
  network.on("deselectNode", () => show(panel, null));
  network.on("doubleClick", ({ nodes: [id] }) => id && window.location.assign(nodes.get(id).url));
  network.fit({ animation: false, maxZoomLevel: 1.5 });
  if (network.getScale() < READABLE) network.moveTo({ scale: READABLE, animation: false });
  wireButtons(network);
  wireWheel(network, frame);
  const dress = () => {
    nodes.update(data.nodes.map(dressedNode));
    edges.update(data.edges.map(dressedEdge));
  };
  document.addEventListener("themechange", dress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
}

async function start() {
  const frame = document.querySelector("[data-network]");
  const source = document.getElementById("network-data");
  if (!frame || !source || !window.vis?.Network) return;
  await document.fonts.load("13px Inter");
  draw(frame, JSON.parse(source.textContent));
}

start();
