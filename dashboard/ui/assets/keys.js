// Focus that enters a row of choices by the key Tab goes to the choice that is made, not to the first one.

export default function () {
  if (window.mineralsKeys) return;
  window.mineralsKeys = true;
  let byKey = false;
  document.addEventListener("keydown", (event) => (byKey = event.key === "Tab"), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);
  document.addEventListener("focusin", (event) => {
    const group = event.target.closest?.("[role=radiogroup]");
    if (!byKey || !group || group.contains(event.relatedTarget)) return;
    const chosen = group.querySelector("[role=radio][aria-checked=true], input:checked");
    if (chosen && chosen !== event.target) chosen.focus();
  });
}
