// The box that looks for things: what is typed is told after a rest, and what it leads to is listed below.
// Enter opens the first, if that is sure, or the one that the arrows have reached; the key / leads to the box.

const REST = 120; // Milliseconds without a key before the words are told.

function option(text, address, number) {
  const link = document.createElement("a");
  Object.assign(link, { className: "name", id: `search-hit-${number}`, href: address, textContent: text, tabIndex: -1 });
  link.setAttribute("role", "option");
  link.onpointerdown = (event) => event.preventDefault(); // The box keeps the focus, and so the list stays.
  return link;
}

export default function ({ data, parentElement, setStateValue }) {
  const [box, list, said] = ["input", "[role=listbox]", ".said"].map((name) => parentElement.querySelector(name));
  const links = data.hits.map(([text, address], number) => option(text, address, number));
  const words = () => box.value.trim();
  let reached = data.sure ? 0 : -1;
  let open = document.activeElement === box;

  const show = () => {
    const told = open && words() !== "" && words() === data.typed;
    list.hidden = !told || !links.length;
    said.hidden = !told || !data.said;
    list.parentElement.hidden = list.hidden && said.hidden;
    box.setAttribute("aria-expanded", String(!list.hidden));
    links.forEach((link, number) => link.setAttribute("aria-selected", String(number === reached)));
    if (list.hidden || reached < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", links[reached].id);
  };
  const tell = () => {
    clearTimeout(box.wait);
    if (words() !== data.typed) setStateValue("typed", words());
  };
  const enter = () => {
    box.entered = words() !== data.typed;
    if (box.entered) tell();
    else if (!list.hidden) links[reached]?.click();
  };
  const move = (step) => {
    if (links.length) reached = (Math.max(reached, step > 0 ? -1 : 0) + step + links.length) % links.length;
  };

  box.placeholder = data.placeholder;
  box.oninput = () => {
    open = true;
    box.entered = false;
    clearTimeout(box.wait);
    box.wait = setTimeout(tell, REST);
    show();
  };
  box.onfocus = () => { open = true; show(); };
  box.onblur = () => { open = false; show(); };
  box.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") enter();
    else if (event.key === "Escape") open = false;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      open = true;
      move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else return;
    show();
  };
  const lead = (event) => {
    const at = document.activeElement;
    const typing = at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
  };

  list.replaceChildren(...links);
  said.textContent = data.said;
  show();
  if (box.entered && words() === data.typed) enter();
  document.addEventListener("keydown", lead);
  return () => document.removeEventListener("keydown", lead);
}
