// A drawing wider than its frame opens where something changed.
for (const frame of document.querySelectorAll(".diagram-frame")) {
  const box = frame.querySelector(".has-change")?.getBoundingClientRect();
  if (!box) continue;
  const inside = frame.getBoundingClientRect();
  frame.scrollLeft += box.left - inside.left - (inside.width - box.width) / 2;
  frame.scrollTop += box.top - inside.top - (inside.height - box.height) / 2;
}
