/* The open run: seconds that tick, choices that survive a swap, and a page that never shows less than the truth. */
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const sheet = () => document.getElementById("sheet");
const streamed = () => sheet()?.hasAttribute("sse-connect");
const frames = () => [...document.querySelectorAll(".frame[data-stamp]")]; // not the places of models that were left out
const running = (frame) => ["queued", "running"].includes(frame.dataset.state);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/* --- seconds: counted from what the server wrote, so a wrong clock here does no harm --- */
const begun = new Map();
function tick() {
  document.querySelectorAll(".timer").forEach((timer) => {
    const key = timer.dataset.started;
    if (!begun.has(key)) begun.set(key, performance.now() - timer.dataset.elapsed * 1000);
    const seconds = (performance.now() - begun.get(key)) / 1000;
    const share = seconds / timer.dataset.expected;
    timer.textContent = seconds.toFixed(still || seconds >= 100 ? 0 : 1); // the box holds four characters
    const frame = timer.closest(".frame");
    frame.toggleAttribute("data-late", share > 1.5);
    frame.querySelector(".bar i")?.style.setProperty("--p", `${Math.min(96, share * 100)}%`);
  });
}
setInterval(tick, still ? 1000 : 100);

/* --- selection --- */
const kept = () => new Set(JSON.parse(sessionStorage.getItem("picked") || "[]"));
document.addEventListener("change", (event) => {
  if (!event.target.matches(".edge__pick")) return;
  const ids = kept();
  ids[event.target.checked ? "add" : "delete"](event.target.id);
  sessionStorage.setItem("picked", JSON.stringify([...ids]));
});

function title() {
  const all = frames();
  const run = sheet()?.dataset.title;
  if (!run) return;
  const left = all.filter(running).length;
  document.title = left ? `${all.length - left} of ${all.length} · ${run}` : run;
}

document.addEventListener("htmx:load", (event) => {
  const ids = kept();
  event.target.querySelectorAll(".edge__pick").forEach((pick) => (pick.checked = ids.has(pick.id)));
  title();
  tick();
});

/* --- events: what is known already is not drawn again, what is older is ignored --- */
let before = null;
function remember(slot) {
  const frame = slot.querySelector(".frame");
  const img = frame.querySelector(".mat[href] img");
  before = { slot, img, href: img?.parentElement.href, running: running(frame), ring: Boolean(frame.querySelector(".ring")), focus: frame.contains(document.activeElement) };
}
function compare() {
  if (!before) return;
  const frame = before.slot.querySelector(".frame");
  frame.toggleAttribute("data-arrived", before.running && !running(frame));
  frame.toggleAttribute("data-ringed", !before.ring && Boolean(frame.querySelector(".ring")));
  const mat = frame.querySelector(".mat[href]");
  if (mat && mat.href === before.href) mat.querySelector("img").replaceWith(before.img); // already on screen: no flicker
  if (before.focus && !frame.contains(document.activeElement)) frame.querySelector(".edge__pick").focus();
  before = null;
}
const stampOf = (html) => html.match(/data-stamp="([^"]*)"/)?.[1] ?? "";
const isOlder = (stamp, frame) => parseInt(stamp) < parseInt(frame.dataset.stamp);
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, serverResponse, requestConfig, xhr } = event.detail;
  const frame = target.matches(".slot") && target.querySelector(".frame");
  if (frame && isOlder(stampOf(serverResponse), frame)) event.detail.shouldSwap = false;
  else if (frame) remember(target);
  // A live event may have replaced the pressed button already; htmx would then look for the header's balance beside that button.
  if (event.detail.shouldSwap && xhr.status < 400 && !requestConfig.elt.isConnected) {
    event.detail.shouldSwap = false;
    htmx.swap(target, serverResponse, { swapStyle: requestConfig.elt.getAttribute("hx-swap"), swapDelay: 0, settleDelay: 20 });
  }
});
document.addEventListener("htmx:afterSwap", compare);
document.addEventListener("htmx:sseBeforeMessage", (event) => {
  const { data, type, elt } = event.detail;
  if (type === "live") {
    event.preventDefault();
    announce(data);
  }
  if (!elt.matches(".slot")) return;
  const frame = elt.querySelector(".frame");
  const stamp = stampOf(data);
  if (isOlder(stamp, frame) || (stamp === frame.dataset.stamp && !running(frame))) event.preventDefault();
  else remember(elt);
});
document.addEventListener("htmx:sseMessage", compare);

/* --- a run that begins out of sight, as below open settings on a phone, is brought to where it can be seen; so is one more frame --- */
let count = 0;
document.addEventListener("htmx:beforeSwap", ({ detail }) => detail.target === sheet() && (count = frames().length));
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { requestConfig, successful } = detail;
  if (!successful || !requestConfig) return;
  if (/\/(retry|take-up)\/$/.test(requestConfig.path) && frames().length > count) frames().at(-1).scrollIntoView({ block: "nearest" });
  if (requestConfig.elt.id !== "rail") return;
  const bar = document.querySelector(".sheet__bar");
  const { top } = bar.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) bar.scrollIntoView();
});

let said = [];
let latest = "";
function announce(text) {
  if (text === latest) return;
  latest = text;
  if (!said.length) {
    setTimeout(() => {
      document.getElementById("live").textContent = said.join(" ");
      said = [];
    }, 1000);
  }
  said.push(text);
}

/* --- a stream that broke: say so after three failures and ask every 3 s until it is back --- */
let failures = 0;
let asking = 0;
const refresh = () => sheet()?.dispatchEvent(new Event("refresh"));
function resume() {
  failures = 0;
  clearInterval(asking);
  asking = 0;
  tell("banner", { name: "paused", show: false });
}
document.addEventListener("htmx:sseOpen", resume);
document.addEventListener("htmx:sseError", () => {
  failures += 1;
  if (failures < 3 || asking) return;
  tell("banner", { name: "paused", show: true });
  asking = setInterval(() => (streamed() ? refresh() : resume()), 3000);
});
addEventListener("pageshow", (event) => event.persisted && refresh());

/* --- a page that is looked at again: another tab may have drawn here; nothing comes if it shows all there is, but a sheet with a
   stream gets a new one, since a machine that slept may hold one that is dead --- */
document.addEventListener("visibilitychange", () => document.hidden || refresh());
addEventListener("focus", () => streamed() || refresh());
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== sheet() || streamed()) return;
  const versions = frames().map((frame) => parseInt(frame.dataset.stamp));
  detail.parameters.seen = `${versions.length}.${versions.reduce((sum, version) => sum + version, 0)}`;
});
