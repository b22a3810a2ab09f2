// The list of a box for several closes once one is chosen, so that it covers nothing of the answer; Streamlit
// leaves it open. The box keeps the focus: what is typed there, or a click on it, opens the list again.

const LIST = "[data-testid=stMultiSelectDropdown]";

export default function () {
  if (window.mineralsLists) return;
  window.mineralsLists = true;
  const close = () => {
    const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    if (document.querySelector(LIST)) document.activeElement.dispatchEvent(escape);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(`${LIST} [role=option]`)) setTimeout(close);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.getAttribute?.("aria-activedescendant")) setTimeout(close);
  }, true);
}
