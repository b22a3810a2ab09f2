// The key / leads to the box that looks for things, unless somebody is typing. Words that no single thing is
// called by are handed on with Enter: the page says what several of them lead to together.

export default function ({ data, setTriggerValue }) {
  const lead = (event) => {
    const at = document.activeElement;
    const typing = at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.querySelector(`.${data.box} input`);
    if (!box) return;
    event.preventDefault();
    box.focus();
  };
  const hand = (event) => {
    const words = event.target.value?.trim();
    if (event.key !== "Enter" || !words || !event.target.closest?.(`.${data.box}`)) return;
    if (document.querySelector("[role=option][data-key]")) return;
    event.target.blur();
    setTriggerValue("typed", words);
  };
  document.addEventListener("keydown", lead);
  document.addEventListener("keydown", hand, true);
  return () => {
    document.removeEventListener("keydown", lead);
    document.removeEventListener("keydown", hand, true);
  };
}
