// The buttons under a chart. Everything happens in the reader's own browser: nothing is sent anywhere.

async function plotly() {
  // Streamlit's chart element puts Plotly on the window once the first chart is drawn.
  for (const until = Date.now() + 5000; Date.now() < until; ) {
    if (window.Plotly) return window.Plotly;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the chart is not drawn yet; try again in a moment");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function image(data, format) {
  const options = { format, width: data.width, height: data.height, scale: format === "png" ? 2 : 1 };
  const uri = await (await plotly()).toImage(JSON.parse(data.figure), options);
  const body = uri.slice(uri.indexOf(",") + 1);
  if (format === "svg") return new Blob([decodeURIComponent(body)], { type: "image/svg+xml;charset=utf-8" });
  return new Blob([Uint8Array.from(atob(body), (char) => char.charCodeAt(0))], { type: "image/png" });
}

const images = [
  ["PNG", "Download as PNG", async (data) => save(await image(data, "png"), `${data.name}.png`)],
  ["SVG", "Download as SVG", async (data) => save(await image(data, "svg"), `${data.name}.svg`)],
];

function files(data) {
  return data.files.map(({ label, title, suffix, mime, text }) => [
    label, title, async () => save(new Blob([text], { type: `${mime};charset=utf-8` }), `${data.name}${suffix}`),
  ]);
}

const copies = [
  ["Copy link", "Copy a link to this view", async () => {
    await navigator.clipboard.writeText(window.location.href);
    return "Link copied.";
  }],
  ["Copy citation", "Copy the citation", async (data) => {
    await navigator.clipboard.writeText(data.citation);
    return "Citation copied.";
  }],
];

export default function ({ parentElement, data }) {
  const bar = parentElement.querySelector(".bar");
  const said = parentElement.querySelector(".said");
  bar.setAttribute("aria-label", `Actions: ${data.label}`);
  bar.replaceChildren(
    ...[...images, ...files(data), ...copies].map(([text, title, act]) => {
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
