// Tells how wide the charts are, where they are laid out for another width than the page has room for; the next
// session of this browser begins with it.

const STILL = 150; // Milliseconds that a window keeps its width before it is told.

function watchRoom({ setTriggerValue, data }) {
  const view = document.querySelector("[class*=st-key-view-]");
  if (!view) return () => {};
  let wait = 0;
  const tell = () => {
    const width = view.clientWidth;
    const { laid, least, step, most } = data.room;
    if (!width || window.matchMedia("print").matches) return;
    document.cookie = `minerals-room=${width}; path=/; max-age=31536000; SameSite=Strict`;
    if (Math.min(Math.max(Math.floor(width / step) * step, least), most) !== laid) setTriggerValue("room", width);
  };
  const watch = new ResizeObserver(() => {
    clearTimeout(wait);
    wait = setTimeout(tell, STILL);
  });
  watch.observe(view);
  tell();
  return () => {
    clearTimeout(wait);
    watch.disconnect();
  };
}
