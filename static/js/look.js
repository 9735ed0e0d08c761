/* Theme and surround: kept in the cookies the server reads, so the next page is right from its first byte, and with the account. */
const root = document.documentElement;
const CYCLES = { theme: ["light", "dark"], surround: ["black", "dark", "grey", "light", "white"] };

const say = (text) => (document.getElementById("live").textContent = text);

function cycle(name) {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const list = CYCLES[name];
  const now = list.indexOf(root.dataset[name] || root.dataset.theme || system);
  const next = list[(now + 1) % list.length];
  root.dataset[name] = next;
  document.cookie = `${name}=${next};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
  const form = document.body.dataset.appearance;
  if (form) fetch(form, { method: "POST", headers: { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" }, body: new URLSearchParams({ [name]: next }) }).catch(() => {});
  say(`${name === "theme" ? "Theme" : "Surround"}: ${next}`);
}

let before = "";
function assess() {
  const on = root.dataset.surround === "assess";
  if (!on) before = root.dataset.surround || "";
  if (on && !before) delete root.dataset.surround;
  else root.dataset.surround = on ? before : "assess";
  say(`Assess colour ${on ? "off" : "on"}`);
}

const flag = (name) => root.toggleAttribute(`data-${name}`);
const actions = { surround: () => cycle("surround"), theme: () => cycle("theme"), assess, lights: () => flag("lights-out"), rail: () => flag("rail-hidden") };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cycle]");
  if (button) cycle(button.dataset.cycle);
});
document.addEventListener("look", (event) => actions[event.detail]());
