// One entry of the browser's history for each view. Streamlit writes an entry whenever the program writes the
// address: a page that fills in what it shows would be left with Back only after several steps.
// An address that is written for a page that was just opened, or that was gone back to, takes the place of the
// one before it; so does all but the first one that follows something the reader did.

export default function () {
  if (window.mineralsHistory) return;
  window.mineralsHistory = true;
  const push = window.history.pushState.bind(window.history);
  let acted = false;
  const act = () => (acted = true);
  for (const name of ["pointerdown", "keydown", "change"]) document.addEventListener(name, act, true);
  window.addEventListener("popstate", () => (acted = false), true);
  window.history.pushState = (state, title, address) => {
    const samePage = new URL(address, window.location.href).pathname === window.location.pathname;
    if (samePage && !acted) return window.history.replaceState(state, title, address);
    acted = false;
    return push(state, title, address);
  };
}
