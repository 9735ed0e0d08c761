/* A word finds its models in the long list: the rest is hidden, and what is ticked stays in sight. Nothing here is sent. */
const field = () => document.getElementById("find_model");
const list = () => document.getElementById("models");
const chips = () => [...list().querySelectorAll(".chip")];
const words = () => field().value.toLowerCase().split(/\s+/).filter(Boolean);
const named = (chip) => `${chip.title} ${chip.querySelector("input").value}`.toLowerCase();
const found = (said) => chips().filter((chip) => said.every((word) => named(chip).includes(word)));

function show() {
  const given = words();
  const hits = found(given);
  for (const chip of chips()) chip.hidden = !hits.includes(chip) && !chip.querySelector("input").checked;
  const said = document.getElementById("find_model_said");
  said.textContent = !given.length ? "" : hits.length ? `${hits.length} found` : "No model has that name.";
  said.classList.toggle("vh", hits.length > 0);
}

/* It stands in the form, whose every other field asks for a new price. */
document.addEventListener(
  "input",
  (event) => {
    if (event.target !== field()) return;
    event.stopPropagation();
    show();
  },
  true,
);
document.addEventListener("change", (event) => event.target === field() && event.stopPropagation(), true);
/* Enter ticks the only one that is found, Escape shows all again; neither runs anything. */
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field() || event.isComposing || event.ctrlKey || event.metaKey || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const [only, another] = words().length ? found(words()) : [];
    const ticks = event.key === "Enter" && only && !another;
    if (ticks && !only.querySelector("input").checked) only.querySelector("input").click();
    if (ticks || event.key === "Escape") field().value = "";
    show();
  },
  true,
);
document.addEventListener("htmx:load", (event) => field() && event.target.contains(list()) && show());
