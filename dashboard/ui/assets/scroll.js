// Scrolls to what a choice has made, once for each choice: a page that is drawn again stays where it is.
(selector, why, block) => {
  if (window.mineralsScrolled === why) return;
  window.mineralsScrolled = why;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ block }));
}
