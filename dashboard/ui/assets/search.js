// The key / leads to the box that looks for things, unless somebody is typing.

export default function ({ data }) {
  const lead = (event) => {
    const at = document.activeElement;
    const typing = at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.querySelector(`.${data.box} input`);
    if (!box) return;
    event.preventDefault();
    box.focus();
  };
  document.addEventListener("keydown", lead);
  return () => document.removeEventListener("keydown", lead);
}
