/* The header's balance is asked for every ten seconds: not in a tab that nobody sees, nor where a stream tells it. */
const streams = new Set();
document.addEventListener("htmx:sseOpen", (event) => streams.add(event.target));
for (const over of ["htmx:sseClose", "htmx:sseError"]) document.addEventListener(over, (event) => streams.delete(event.target));
const told = () => [...streams].some((element) => element.isConnected);

function ask() {
  if (!document.hidden && !told()) document.getElementById("balance")?.dispatchEvent(new Event("ask"));
}
setInterval(ask, 10_000);
document.addEventListener("visibilitychange", ask);
