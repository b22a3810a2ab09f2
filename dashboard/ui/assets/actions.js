// The buttons that copy, under a chart. Nothing is sent anywhere.

const copies = [
  ["Copy link", "Copy a link to this view", async () => {
    await navigator.clipboard.writeText(window.location.href);
    return "Link copied.";
  }],
  ["Copy citation", "Copy the citation", async (data) => {
    await navigator.clipboard.writeText(data.citation);
    return "Citation copied.";
  }],
  ["Copy table", "Copy the table, with tabs between its cells", async (data) => {
    await navigator.clipboard.writeText(data.table);
    return "Table copied.";
  }],
  ["Copy description", "Copy the alternative text of the picture", async (data) => {
    await navigator.clipboard.writeText(data.alt);
    return "Description copied.";
  }],
];

export default function ({ parentElement, data }) {
  const bar = parentElement.querySelector(".bar");
  const said = parentElement.querySelector(".said");
  bar.setAttribute("aria-label", `Actions: ${data.label}`);
  bar.replaceChildren(
    ...copies.map(([text, title, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.title = title;
      button.dataset.action = text.toLowerCase().replace(" ", "-");
      button.setAttribute("aria-label", `${title}: ${data.label}`);
      button.onclick = async () => {
        button.disabled = true;
        said.textContent = "";
        try {
          said.textContent = (await act(data)) ?? "";
        } catch (error) {
          said.textContent = `That did not work: ${error?.message ?? error}`;
        } finally {
          button.disabled = false;
        }
      };
      return button;
    }),
  );
}
