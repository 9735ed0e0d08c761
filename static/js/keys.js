/* Shortcuts. Every one only presses a control that is on the page; none works where text is being written. */
const sheet = document.getElementById("shortcuts");
const single = document.getElementById("single_keys");
const LOOKS = { s: "surround", S: "assess", l: "lights", "[": "rail" };
let going = false;

/* Without the switch they are off for the whole account. */
if (single) {
  single.checked = localStorage.getItem("single-keys") !== "off";
  single.addEventListener("change", () => localStorage.setItem("single-keys", single.checked ? "on" : "off"));
}

const picks = () => [...document.querySelectorAll(".frame .edge__pick")];
const here = () => document.activeElement.closest?.(".frame");

function chosen() {
  const picked = picks().filter((pick) => pick.checked).map((pick) => pick.closest(".frame"));
  return picked.length ? picked : [here()].filter(Boolean);
}

function move(key) {
  const all = picks();
  const columns = getComputedStyle(document.querySelector(".contact")).gridTemplateColumns.split(" ").length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  const now = all.indexOf(here()?.querySelector(".edge__pick"));
  all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))]?.focus();
}

function press(key) {
  if (going) document.querySelector(`[data-go="${key}"]`)?.click();
  else if (LOOKS[key]) document.dispatchEvent(new CustomEvent("look", { detail: LOOKS[key] }));
  else if (key === "/") document.querySelector("[data-focus]")?.focus();
  else if (key === "?") sheet.showModal();
  else if (key === "t") document.dispatchEvent(new Event("think"));
  else if (/^[1-9]$/.test(key)) picks()[key - 1]?.click();
  else if (key.startsWith("Arrow") && picks().length) move(key);
  else {
    const controls = chosen().map((frame) => frame.querySelector(`[data-key="${key}"]`)).filter(Boolean);
    if (!controls.length) return false;
    ("ru".includes(key) ? controls.slice(0, 1) : controls).forEach((control) => control.click());
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || sheet.open) return;
  if (event.key === "Escape") picks().forEach((pick) => pick.checked && pick.click());
  if (!event.altKey && (!single?.checked || event.target.matches("textarea, select, input:not([type=checkbox], [type=radio])"))) return;
  if (event.target.matches("[type=radio]") && event.key.startsWith("Arrow")) return;
  if (event.key === "Enter" && !event.target.matches(".edge__pick")) return;
  const key = event.altKey && /^Key/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
  if (!going && key === "g") {
    going = true;
    setTimeout(() => (going = false), 1200);
  } else {
    if (press(key)) event.preventDefault();
    going = false;
  }
});
document.addEventListener("click", (event) => event.target.closest("[data-shortcuts]") && sheet.showModal());
