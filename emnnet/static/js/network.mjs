// Draws the network from <script type="application/json" id="network-data"> into
// [data-network]. vis-data and vis-network (peer builds) must be loaded before. Imports
// nothing: the same file stands in the page for offline use.
// Places are given and nothing moves by itself; without script the page's table remains.
// Optional: [data-network-act="in|out|fit"] buttons, [data-network-panel] for the choice.
// Fires "networkdrawn" on the frame, with the network, its nodes and choose(id).

const STEP = 1.25;
const READABLE = 0.6; // smaller than this no label can be read: begin with the middle
const CROWDED = 120; // more bodies than this are shown as a whole first
const LEAN = 0.8; // a frame so much narrower than the drawing gets a drawing of its own shape
const LARGER = 1.4; // how much larger names are written there
const SECTORS = ["government", "ngo", "academia", "international", "judiciary"];
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (still.matches ? false : { duration: 180, easingFunction: "easeOutQuad" });

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Read once for all bodies: asking for computed styles is what costs.
function palette() {
  const names = [...SECTORS, "muted", "panel", "focus", "ink", "line", "due"];
  return Object.fromEntries(names.map((name) => [name, token(name)]));
}

// A partner's symbol is filled, another's is an outline: told without colour too.
function nodeColour(node, colours) {
  const sector = colours[SECTORS.includes(node.group) ? node.group : "muted"];
  const background = node.standing === "other" ? colours.panel : sector;
  const border = node.marked ? colours.due : node.standing === "ncp" ? colours.ink : sector;
  const chosen = { background, border: colours.focus };
  return { background, border, highlight: chosen, hover: chosen };
}

function dressedNode(node, data, colours) {
  return {
    ...node,
    group: undefined,
    title: node.name + node.facts,
    shape: data.shapes[node.group],
    size: data.sizes[node.standing],
    borderWidth: node.standing === "ncp" || node.marked ? 4 : 2,
    borderWidthSelected: 4,
    color: nodeColour(node, colours),
    font: {
      color: colours.ink,
      face: "Inter, system-ui, sans-serif",
      strokeWidth: 4,
      strokeColor: colours.panel,
    },
  };
}

function dressedEdge(edge, number, data, names, colours) {
  const color = edge.marked ? colours.due : colours.line;
  const width = edge.marked ? Math.max(edge.width, 4) : edge.width;
  const { words, ...look } = data.kinds[edge.kind];
  const note = edge.note ? ` (${edge.note})` : "";
  return {
    ...look,
    ...edge,
    id: number,
    title: `${names.get(edge.from)} ${words} ${names.get(edge.to)}${note}`,
    width,
    color: { color, hover: colours.focus, highlight: colours.focus },
  };
}

// All bodies and ties with names, shapes and colours of the theme as it is now.
function dressed(data) {
  const colours = palette();
  const names = new Map(data.nodes.map(({ id, name }) => [id, name]));
  return {
    nodes: data.nodes.map((node) => dressedNode(node, data, colours)),
    edges: data.edges.map((edge, n) => dressedEdge(edge, n, data, names, colours)),
  };
}

// What was chosen, in words; a link where it leads somewhere.
function show(panel, chosen) {
  if (!panel) return;
  panel.replaceChildren();
  if (!chosen) return;
  const words = document.createElement(chosen.url ? "a" : "span");
  if (chosen.url) words.href = chosen.url;
  words.textContent = chosen.title;
  panel.append(words);
}

function wireButtons(network) {
  const acts = {
    in: () => network.moveTo({ scale: network.getScale() * STEP, animation: motion() }),
    out: () => network.moveTo({ scale: network.getScale() / STEP, animation: motion() }),
    fit: () => network.fit({ animation: motion() }),
  };
  for (const button of document.querySelectorAll("[data-network-act]")) {
    const act = acts[button.dataset.networkAct];
    if (!act) continue;
    button.hidden = false;
    button.addEventListener("click", act);
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

// Page down and page up go from body to body, Home and End to the ends, Enter opens.
function wireKeys(frame, ids, choose, open) {
  let at = -1;
  const moves = {
    PageDown: () => Math.min(at + 1, ids.length - 1),
    PageUp: () => Math.max(at - 1, 0),
    Home: () => 0,
    End: () => ids.length - 1,
  };
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && at >= 0) open(ids[at]);
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    at = move();
    choose(ids[at]);
  });
}

// In the narrow frame of a phone places move together sideways and apart up and down, so
// that the whole is seen at once. Not where places are arranged: these would be kept.
function shaped(data, frame) {
  const extent = (axis) => {
    const places = data.nodes.map((node) => node[axis]);
    return Math.max(...places) - Math.min(...places) || 1;
  };
  const lean = Math.sqrt(((frame.clientWidth / frame.clientHeight) * extent("y")) / extent("x"));
  if (lean > LEAN || data.nodes.length > CROWDED || "networkArrange" in frame.dataset) return data;
  const nodes = data.nodes.map((node) => ({ ...node, x: node.x * lean, y: node.y / lean }));
  const font = { ...data.options.nodes.font, size: data.options.nodes.font.size * LARGER };
  return { ...data, nodes, options: { ...data.options, nodes: { font } }, whole: true };
}

function draw(frame, given) {
  const data = shaped(given, frame);
  const { DataSet, Network } = window.vis;
  const first = dressed(data);
  const nodes = new DataSet(first.nodes);
  const edges = new DataSet(first.edges);
  const arranging = "networkArrange" in frame.dataset;
  const options = { ...data.options };
  options.interaction = { ...options.interaction, dragNodes: arranging, hideEdgesOnDrag: data.edges.length > 500 };
  frame.replaceChildren();
  const network = new Network(frame, { nodes, edges }, options);
  const panel = document.querySelector("[data-network-panel]");
  const choose = (id) => {
    network.selectNodes([id]);
    network.focus(id, { scale: Math.max(network.getScale(), READABLE), animation: motion() });
    show(panel, nodes.get(id));
  };
  const open = (id) => nodes.get(id)?.url && window.location.assign(nodes.get(id).url);
  network.on("select", ({ nodes: [id], edges: [tie] }) => {
    show(panel, id !== undefined ? nodes.get(id) : tie !== undefined ? edges.get(tie) : null);
  });
  network.on("doubleClick", ({ nodes: [id] }) => id && open(id));
  network.fit({ animation: false, maxZoomLevel: 1.5 });
  const whole = data.whole || data.nodes.length > CROWDED;
  if (!whole && network.getScale() < READABLE) network.moveTo({ scale: READABLE, animation: false });
  wireButtons(network);
  wireWheel(network, frame);
  wireKeys(frame, data.nodes.map(({ id }) => id), choose, open);
  const dress = () => {
    const now = dressed(data);
    nodes.update(now.nodes.map(({ x, y, ...node }) => node));
    edges.update(now.edges);
  };
  document.addEventListener("themechange", dress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  network.once("afterDrawing", () => {
    frame.dataset.networkDrawn = "";
    performance.mark("network-drawn");
  });
  frame.dispatchEvent(new CustomEvent("networkdrawn", { bubbles: true, detail: { network, nodes, choose } }));
}

async function start() {
  const frame = document.querySelector("[data-network]");
  const source = document.getElementById("network-data");
  if (!frame || !source || !window.vis?.Network) return;
  await document.fonts.load("13px Inter");
  draw(frame, JSON.parse(source.textContent));
}

start();
