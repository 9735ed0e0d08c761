/* The compose form: quoted words painted, the draft kept, settings folded on phones, nothing swapped under a press. */
const form = () => document.getElementById("rail");
const prompt = () => document.getElementById("prompt");
const QUOTED = /([“"][^“”"]+[”"])/;
const DRAFT = "draft";
const PLACE = "draft_place"; // the page it was written on; over the prompt of a run it comes back to that page only
let asked = ""; // the prompt of the last question to the server
let reading = { text: "", underlines: "" }; // what the server read in which prompt: "0,9,text 14,18,cue", in code points

function marked(text, stroke) {
  const mark = document.createElement("mark");
  mark.dataset.stroke = stroke;
  mark.textContent = text;
  return mark;
}

/* What the server underlines in just these words, else, while they are being typed, what stands in quotes. */
function strokes(text) {
  if (text !== reading.text) return text.split(QUOTED).map((part, index) => (index % 2 ? marked(part, "text") : part));
  const points = [...text];
  const parts = [];
  let done = 0;
  for (const [start, end, stroke] of reading.underlines.split(" ").filter(Boolean).map((each) => each.split(","))) {
    parts.push(points.slice(done, start).join(""), marked(points.slice(start, end).join(""), stroke));
    done = Number(end);
  }
  return [...parts, points.slice(done).join("")];
}

function paint() {
  const box = prompt();
  const mirror = box.previousElementSibling;
  mirror.replaceChildren(...strokes(box.value), "\n");
  mirror.scrollTop = box.scrollTop;
  const count = document.getElementById("prompt_count");
  const length = [...box.value].length;
  count.querySelector("span").textContent = length.toLocaleString("en-GB");
  count.toggleAttribute("data-over", length > Number(count.dataset.max));
}

function wrapInQuotes(box) {
  const words = box.value.slice(box.selectionStart, box.selectionEnd);
  box.setRangeText(`“${words}”`, box.selectionStart, box.selectionEnd, words ? "select" : "end");
  if (!words) box.selectionStart = box.selectionEnd -= 1;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function prepare() {
  const box = prompt();
  if (!box) return;
  reading = { text: box.defaultValue, underlines: box.previousElementSibling.dataset.underlines };
  const draft = sessionStorage.getItem(DRAFT);
  if (draft && (!box.value || (sessionStorage.getItem(PLACE) === location.pathname && draft !== box.value))) {
    box.value = draft;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const fold = document.getElementById("settings_fold");
  fold.hidden = false;
  fold.setAttribute("aria-expanded", String(Boolean(form().querySelector(".error:not(:empty)"))));
  form().querySelector("[aria-invalid]")?.focus();
  paint();
}

/* An answer to the form as it was would undo what has just been ticked or typed; the next preview asks again. */
const dropPreview = () => window.htmx.trigger("#preview", "htmx:abort");
document.addEventListener("input", (event) => event.target.closest("#preview") && dropPreview());
document.addEventListener("input", (event) => {
  if (event.target.id === "cap") event.target.dispatchEvent(new Event("change", { bubbles: true }));
  if (event.target !== prompt()) return;
  sessionStorage.setItem(DRAFT, event.target.value);
  sessionStorage.setItem(PLACE, location.pathname);
  paint();
});
document.addEventListener("htmx:pushedIntoHistory", ({ detail }) => form() && sessionStorage.setItem(PLACE, detail.path)); // it has been run
document.addEventListener("scroll", (event) => event.target === prompt() && (prompt().previousElementSibling.scrollTop = prompt().scrollTop), true);
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !form()) return;
  if (event.key === "Enter") form().requestSubmit();
  else if (event.key === '"' && event.target === prompt()) wrapInQuotes(prompt());
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const fold = event.target.closest("#settings_fold");
  if (fold) fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
  const step = event.target.closest("[data-step]");
  if (step) {
    const field = document.getElementById("cap");
    field.value ? field.stepUp(Number(step.dataset.step)) : (field.value = field.dataset.start);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const example = event.target.closest("[data-example]");
  if (example) {
    event.preventDefault();
    prompt().value = example.dataset.example;
    prompt().dispatchEvent(new Event("input", { bubbles: true }));
    prompt().focus();
  }
  const shape = event.target.closest("[data-shape]")?.dataset.shape;
  if (shape) {
    const option = form().querySelector(`[name=shape][value="${shape}"]`);
    option.click();
    option.focus(); // the button goes with the hint
  }
  if (event.target.closest("[data-back-to-auto]")) form().querySelector("[name=intent]").click();
  if (event.target.closest("[data-close-quote]")) {
    prompt().value = `${prompt().value.trimEnd()}”`;
    prompt().dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (event.target.closest("[data-clear]")) sessionStorage.removeItem(DRAFT);
});

/* The server's reading of a prompt comes with every preview; it is painted unless somebody has typed on. */
document.addEventListener("htmx:beforeRequest", () => prompt() && (asked = prompt().value));
document.addEventListener("reading", (event) => {
  reading = { text: asked, underlines: event.detail.underlines };
  if (prompt()) paint();
});

/* An open "Why these?" is asked about with every preview, a closed one is not. */
document.addEventListener(
  "toggle",
  (event) => {
    const why = event.target.querySelector?.(":scope > [name=why]");
    if (why) why.disabled = !event.target.open;
  },
  true,
);

/* A preview that lands while the button is held would replace it between press and release, and the click would be lost. */
let held = false;
document.addEventListener("pointerdown", (event) => {
  held = Boolean(event.target.closest("#cost"));
  if (held) dropPreview();
});
document.addEventListener("pointerup", () => setTimeout(() => (held = false)));
document.addEventListener("htmx:beforeRequest", (event) => held && event.target.id === "preview" && event.preventDefault());

/* A reference: a file that is too large is not even sent; one that is dropped or pasted onto the prompt goes the way of a chosen one. */
const isPick = (element) => element.id === "reference_picture";
document.addEventListener("input", (event) => isPick(event.target) && event.stopPropagation(), true);
document.addEventListener(
  "change",
  (event) => {
    if (!isPick(event.target)) return;
    const { files, dataset } = event.target;
    const over = files[0]?.size > Number(dataset.most);
    if (files.length && !over) return;
    event.stopPropagation();
    event.target.value = "";
    document.getElementById("reference_error").textContent = over ? dataset.over : "";
  },
  true,
);
function take(event, given) {
  const file = [...given.files].find((each) => each.type.startsWith("image/"));
  if (!file) return;
  event.preventDefault();
  const pick = document.getElementById("reference_picture");
  const list = new DataTransfer();
  list.items.add(file);
  pick.files = list.files;
  pick.dispatchEvent(new Event("change", { bubbles: true }));
}
const onPrompt = (event) => event.target.closest?.(".prompt__stack");
document.addEventListener("paste", (event) => onPrompt(event) && take(event, event.clipboardData));
document.addEventListener("drop", (event) => onPrompt(event) && take(event, event.dataTransfer));
document.addEventListener("dragover", (event) => onPrompt(event) && event.dataTransfer.types.includes("Files") && event.preventDefault());

/* The button explains itself; an empty prompt is the one thing that can be answered here, by going there. */
document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form() || prompt().value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    prompt().focus();
  },
  true,
);

document.addEventListener("htmx:load", (event) => event.target.contains(prompt()) && prepare());
