/* After "Load more" the focus goes to the first new frame, so a keyboard does not start over. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.target.matches("#more")) return;
  const shown = document.querySelectorAll(".thumb").length;
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll(".thumb a")[shown]?.focus(), { once: true });
});
