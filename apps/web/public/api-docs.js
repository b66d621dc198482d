// The page about the API is rendered by the server and whole without this: here are its colour scheme and its filter.
// A plain script, which the head waits for, so that nobody is shown the other scheme first.
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", chooseScheme);
chooseScheme();
addEventListener("hashchange", openTarget);
document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#filter");
  input.form.hidden = false;
  input.form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => filterEndpoints(input.value));
  openTarget();
});

/** Light or dark as the visitor has chosen in the shop, or else as the system has it. */
function chooseScheme() {
  let chosen = null;
  try {
    chosen = localStorage.getItem("mantine-color-scheme-value");
  } catch {
    // Storage is forbidden: then nothing was chosen.
  }
  const byDefault = system.matches ? "dark" : "light";
  const scheme = chosen === "light" || chosen === "dark" ? chosen : byDefault;
  document.documentElement.dataset.mantineColorScheme = scheme;
  document.querySelector('meta[name="color-scheme"]').content = scheme;
}

/** Shows the endpoints whose address, summary and access have all of these words between them. */
function filterEndpoints(text) {
  const words = text.toLowerCase().split(/\s+/);
  for (const endpoint of document.querySelectorAll(".endpoint")) {
    const head = [...endpoint.querySelectorAll("h3, h3 ~ p, .access")].map((part) => part.textContent).join(" ");
    endpoint.hidden = !words.every((word) => head.toLowerCase().includes(word));
  }
  for (const area of document.querySelectorAll(".area")) {
    area.hidden = area.querySelector(".endpoint:not([hidden])") === null;
  }
  const found = document.querySelectorAll(".endpoint:not([hidden])").length;
  const status = document.querySelector(".found");
  status.textContent = text.trim() === "" ? "" : status.dataset[found === 1 ? "one" : "many"].replace("?", found);
}

/** Opens the endpoint that the address names. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.querySelector(":scope > details");
  if (details) details.open = true;
}
