// Puts a placeholder where one writes: into the field that was written in last.
const fields = [...document.querySelectorAll("#wording input[name=subject], #wording textarea")];
let last = fields.at(-1);

for (const field of fields) field.addEventListener("focus", () => (last = field));

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => put(button.dataset.insert, "block" in button.dataset));
}

function put(text, alone) {
  const target = alone ? fields.at(-1) : last;
  const [start, end] = [target.selectionStart, target.selectionEnd];
  const before = target.value.slice(0, start);
  const after = target.value.slice(end);
  const lead = alone && before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  const tail = alone && !after.startsWith("\n") ? "\n\n" : "";
  target.setRangeText(lead + text + tail, start, end, "end");
  target.focus();
  target.dispatchEvent(new Event("input", { bubbles: true }));
}
