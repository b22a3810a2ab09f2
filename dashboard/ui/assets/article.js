// The text of an article with its marks: a click on a mark, or Enter, looks at what was found there.
// What is looked at next is on the card, which a long form leaves above the window.

function bringCard() {
  const card = document.querySelector(".st-key-article-card");
  const top = card?.getBoundingClientRect().top ?? 0;
  if (top < 0 || top > window.innerHeight * 0.8) card.scrollIntoView();
}

// Where the keys lead: into the form when it opens, back to its button when it closes.
function focusOn(selector, tries = 40) {
  const found = document.querySelector(`.st-key-article-card ${selector}`);
  if (found) found.focus();
  else if (tries) setTimeout(focusOn, 50, selector, tries - 1);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".article");
  if (box.dataset.html !== data.html) {
    if (box.dataset.html) bringCard();
    const top = box.scrollTop;
    box.innerHTML = data.html;
    box.dataset.html = data.html;
    box.scrollTop = top;
  }
  box.setAttribute("aria-label", data.label);
  const told = parentElement.querySelector(".told");
  if (told.textContent !== data.told) told.textContent = data.told;
  const mending = String(data.mending);
  if (box.dataset.mending && box.dataset.mending !== mending)
    focusOn(data.mending ? "[data-testid=stForm] :is(input, textarea)" : ".st-key-article-mend button");
  box.dataset.mending = mending;
  const choose = (event) => {
    const mark = event.target.closest("mark[data-key]");
    if (!mark || (event.type === "keydown" && event.key !== "Enter")) return;
    event.preventDefault();
    setTriggerValue("chosen", mark.dataset.key);
  };
  box.onclick = choose;
  box.onkeydown = choose;
  if (box.dataset.current !== data.current) {
    box.dataset.current = data.current;
    const mark = box.querySelector("mark.current");
    if (mark) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}
