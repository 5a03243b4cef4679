// A link to a field opens whatever it is folded into, also when the page is opened with it.
function unfold(id) {
  const target = id && document.getElementById(id);
  for (let around = target; around; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link) unfold(link.hash.slice(1));
});

unfold(location.hash.slice(1));
