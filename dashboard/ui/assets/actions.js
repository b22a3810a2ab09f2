// The buttons that copy, under a chart. Nothing is sent anywhere.

// The link of the page; of a page with several charts, that to the one, with the versions and the mark that are shown.
function linkTo(own) {
  const here = new URL(window.location.href);
  if (!own) return here.href;
  const asked = new URLSearchParams(own);
  for (const name of ["asOf", "documents", "mark"]) {
    const shown = here.searchParams.get(name);
    if (shown) asked.set(name, shown);
  }
  here.search = asked.toString();
  return here.href;
}

const copies = [
  ["Copy link", "Copy a link to this view", async (data) => {
    await navigator.clipboard.writeText(linkTo(data.link));
    return "Link copied.";
  }],
  ["Copy citation", "Copy the citation", async (data) => {
    await navigator.clipboard.writeText(data.citation);
    return "Citation copied.";
  }],
  ["Copy table", "Copy the table and its source, with tabs between its cells", async (data) => {
    await navigator.clipboard.writeText(data.table);
    return "Table copied.";
  }],
  ["Copy description", "Copy the alternative text of the picture", async (data) => {
    await navigator.clipboard.writeText(data.alt);
    return "Description copied.";
  }],
];

export default function (component) {
  drawButtons(component, "Actions", copies);
  return watchRoom(component);
}
