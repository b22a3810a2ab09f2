// Copy a citation or a link, and save citations as files. Everything happens in the reader's own browser.

function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const actions = {
  citation: ["Copy citation", "Copy as text", async (data) => {
    await navigator.clipboard.writeText(data.citation);
    return "Citation copied.";
  }],
  bibtex: ["BibTeX", "Download as BibTeX", (data) => save(data.bibtex, `${data.name}.bib`, "application/x-bibtex")],
  ris: ["RIS", "Download as RIS", (data) => save(data.ris, `${data.name}.ris`, "application/x-research-info-systems")],
  link: ["Copy link", "Copy a link to this source", async (data) => {
    await navigator.clipboard.writeText(new URL(data.link, window.location.href).href);
    return "Link copied.";
  }],
};

export default function (component) {
  const { data } = component;
  const offered = Object.entries(actions).filter(([key]) => data[key]);
  const buttons = offered.map(([key, action]) => [...action, key]);
  drawButtons(component, "Actions", buttons, data.lead ? [data.lead] : []);
}
