/* Prompt thinking: the panel of the form is filled when it is opened, a wording is never swapped while it is being written, and the
   person's own wordings outlive a reload and a sign-out, as the prompt does. */
const panel = () => document.getElementById("prompt_thinking");
const preview = () => document.getElementById("preview");
const OWN = "own_wordings";
const written = () => document.getElementById("prompt").value;
const isWording = (element) => element.matches?.("#wordings textarea");

/* T acts where one is: on the form, or on the run beside it. */
document.addEventListener("think", () => {
  const asked = document.getElementById("show_thinking");
  const control = asked && !document.activeElement.closest("#rail") ? asked : document.getElementById("open_thinking");
  if (!control) return;
  control.click();
  control.focus();
  if (control !== asked && panel().open) control.scrollIntoView({ block: "start" });
});

/* --- in the form: what was worded for an older draft is neither shown nor written over while the panel is filled anew --- */
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target !== panel()) return;
    const said = panel().querySelector("[name=thinking]");
    const news = panel().open && !said.value;
    said.value = panel().open ? "1" : "";
    if (!news) return;
    document.getElementById("wordings").setAttribute("aria-busy", "true");
    window.htmx.trigger(panel(), "opened");
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => event.target === panel() && document.getElementById("wordings").removeAttribute("aria-busy"));

/* Only a finished wording is sent for a preview. While one is written, nothing that was asked before may replace it. */
document.addEventListener(
  "input",
  (event) => {
    if (!isWording(event.target)) return;
    event.stopPropagation();
    [preview(), panel(), document.getElementById("think_over")].forEach((asking) => asking && window.htmx.trigger(asking, "htmx:abort"));
    const { model, prompt } = event.target.dataset;
    sessionStorage.setItem(OWN, JSON.stringify([...kept().filter((each) => each[0] !== model), [model, event.target.value, prompt, written()]]));
  },
  true,
);
document.addEventListener("change", (event) => isWording(event.target) && window.htmx.trigger(preview(), "reworded"));
const kept = () => JSON.parse(sessionStorage.getItem(OWN) || "[]");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear]")) sessionStorage.removeItem(OWN);
  const back = event.target.closest("#wordings [name=back]");
  if (back) sessionStorage.setItem(OWN, JSON.stringify(kept().filter((each) => each[0] !== back.value)));
});

/* What the page does not hold any more is brought back with its prompt, as the form carries it. */
function restore() {
  const held = new Set([...document.querySelectorAll("#wordings [name=worded_model]")].filter(isOwn).map((field) => field.value));
  const lost = kept().filter((each) => each[3] === written() && !held.has(each[0]));
  lost.forEach(([model, text, prompt]) => {
    const facts = { worded_model: model, worded_text: text, worded_shown: "", worded_for: prompt, worded_seal: "" };
    Object.entries(facts).forEach(([name, value]) => document.getElementById("wordings").append(hidden(name, value)));
  });
  if (lost.length) window.htmx.trigger(preview(), "reworded");
}
const isOwn = (field) => field.parentElement.id === "wordings" || field.parentElement.querySelector("[name=back]");
function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

/* A swap keeps open what was open, wherever its model stands by now, and the cursor where it was: nobody's next letter is lost. */
const open = new Set();
let cursor = null;
["htmx:beforeSwap", "htmx:oobBeforeSwap"].forEach((name) => document.addEventListener(name, (event) => remember(event.detail.target)));
["htmx:afterSwap", "htmx:oobAfterSwap"].forEach((name) => document.addEventListener(name, (event) => reopen(event.target)));
function remember(wordings) {
  if (wordings.id !== "wordings") return;
  wordings.querySelectorAll(".think__edit[open] textarea").forEach((field) => open.add(field.dataset.model));
  const field = document.activeElement;
  if (isWording(field)) cursor = [field.dataset.model, field.selectionStart, field.selectionEnd];
}
function reopen(wordings) {
  if (wordings.id !== "wordings") return;
  wordings.querySelectorAll("textarea").forEach((field) => {
    if (open.delete(field.dataset.model)) field.closest("details").open = true;
    if (cursor?.[0] !== field.dataset.model) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(cursor[1], cursor[2]);
  });
  cursor = null;
}
document.addEventListener("htmx:load", (event) => event.target.contains(preview()) && sessionStorage.getItem(OWN) && restore());

/* --- on the sheet: the answer is fetched once; after that the button only shows and hides it --- */
const asked = () => document.getElementById("thinking");
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id !== "show_thinking" || !asked().childElementCount) return;
  event.preventDefault();
  shown(asked().hidden);
});
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "thinking" && shown(true));
function shown(on) {
  asked().hidden = !on;
  document.getElementById("show_thinking").setAttribute("aria-expanded", String(on));
}
