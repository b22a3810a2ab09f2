// One entry of the browser's history for each view. Streamlit writes an entry whenever the program writes the
// address: a page that fills in what it shows would be left with Back only after several steps.
// An address that is written for a page that was just opened, or that was gone back to, takes the place of the
// one before it; so does all but the first one that follows something the reader did. So it is with the address of
// another page: what the menu opens may write its choices before its path, as if they were of the page that is left.
// What was written before this script ran has an entry of its own above the one that was opened, which Back steps
// over.

// A link from a name to its page opens there as the menu does, in the same session: what was chosen is kept.
// A page that still runs may write its address yet, which would land on the page that follows: it is waited
// for, two seconds at most.

const RUNNING = "[data-testid=stApp][data-test-script-state=running]";

function follow(event, push) {
  const link = event.target.closest?.("a.name");
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  visit(link.href, push, () => document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0));
}

function visit(address, push, after = () => {}) {
  const until = Date.now() + 2000;
  const go = () => {
    if (document.querySelector(RUNNING) && Date.now() < until) return setTimeout(go, 50);
    push({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    after();
  };
  go();
}

// A mark in the strip of evidence is chosen by its name in the address.
function choose(event, push) {
  const mark = event.target.closest?.("[data-mark]")?.dataset.mark;
  if (!mark) return;
  const address = new URL(window.location.href);
  address.searchParams.set("mark", mark);
  visit(address.href, push);
}

export default function () {
  if (window.mineralsHistory) return;
  window.mineralsHistory = true;
  const push = window.history.pushState.bind(window.history);
  const opened = window.history.state === null ? "" : window.location.pathname;
  let acted = false;
  const act = () => (acted = true);
  for (const name of ["pointerdown", "keydown", "change"]) document.addEventListener(name, act, true);
  window.addEventListener("popstate", (event) => {
    acted = false;
    if (event.state !== null || window.location.pathname !== opened) return;
    event.stopImmediatePropagation();
    window.history.back();
  }, true);
  document.addEventListener("click", (event) => [follow, choose].forEach((act) => act(event, push)));
  window.history.pushState = (state, title, address) => {
    if (!acted) return window.history.replaceState(state, title, address);
    acted = false;
    return push(state, title, address);
  };
}
