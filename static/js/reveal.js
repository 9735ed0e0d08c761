// Shows what is typed in a password field. Without this script the button stays hidden and the field works as ever.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!shown));
  });
  // A password manager saves only what leaves as a password.
  input.form.addEventListener("submit", () => (input.type = "password"));
}
