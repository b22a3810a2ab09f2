// What draws charts is Streamlit's largest file: it is fetched while the server makes the first chart.

export default function () {
  const others = document.querySelector("script[type=module][src*='/static/js/']");
  const file = document.querySelector(".scripts")?.dataset.ahead;
  if (others && file) import(new URL(file, others.src).href);
}
