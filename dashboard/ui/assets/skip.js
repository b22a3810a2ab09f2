// The first stop of the key Tab: a link over menu and choices to the marks of the first chart, or to the page.
// Streamlit's own link to the page is not shown (pages.css), and its part that scrolls has a name.

const MARKS = "[class*=st-key-marks-] input";

export default function () {
  document.querySelector("[data-testid=stMain]")?.setAttribute("aria-label", "The page");
  if (document.querySelector("a.skip")) return;
  const link = document.createElement("a");
  link.className = "skip";
  link.href = "#";
  link.textContent = "Skip to the page";
  link.addEventListener("focus", () => {
    link.textContent = document.querySelector(MARKS) ? "Skip to the chart" : "Skip to the page";
  });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const title = document.querySelector(".lead h1");
    if (title) title.tabIndex = -1;
    const found = document.querySelector(MARKS) ?? title;
    found?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: "end" });
  });
  document.body.prepend(link);
}
