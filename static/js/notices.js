/* Toasts, copying, and the banners for answers that never came or were not meant for the place they landed in. */
const STAYS = 6000;
const toasts = document.getElementById("toasts");
const banner = document.getElementById("banner");

function leave(toast) {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast) : toast.remove()), STAYS);
}
[...toasts.children].forEach(leave);
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => node.nodeType === 1 && leave(node)))).observe(toasts, { childList: true });

function toast(text) {
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = text;
  toasts.append(element);
}

/* What a toast offers can be taken once. */
document.addEventListener("htmx:afterRequest", (event) => event.target.closest(".toast")?.remove());

function show(name) {
  if (banner.dataset.shows === name) return;
  banner.dataset.shows = name;
  banner.replaceChildren(document.getElementById(`banner_${name}`).content.cloneNode(true));
}
function hide(name) {
  if (banner.dataset.shows !== name) return;
  delete banner.dataset.shows;
  banner.replaceChildren();
}
document.addEventListener("banner", (event) => (event.detail.show ? show : hide)(event.detail.name));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  toast(button.dataset.copied);
});

/* The run button says it too. What answers is within reach, whatever the browser believes: on one's own machine there need be no network. */
function connection(offline) {
  document.documentElement.toggleAttribute("data-offline", offline);
  (offline ? show : hide)("offline");
}
addEventListener("offline", () => connection(true));
addEventListener("online", () => connection(false));
document.addEventListener("htmx:sendError", () => (navigator.onLine ? show("unanswered") : connection(true)));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  hide("unanswered");
  connection(false);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const login = document.body.dataset.login;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname === login) {
    event.detail.shouldSwap = false;
    show("signed_out");
    banner.querySelector("[data-next]").search = `?next=${encodeURIComponent(location.pathname)}`;
  } else if (xhr.status >= 400 && xhr.status !== 422) {
    delete banner.dataset.shows;
    if (!xhr.responseText || /<html/i.test(xhr.responseText)) event.detail.serverResponse = document.getElementById("banner_failed").innerHTML;
  }
});
