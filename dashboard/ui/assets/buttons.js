// A row of buttons, and a line that says what came of the last one. Stands before each script that draws some.

function drawButtons({ parentElement, data }, group, offered, lead = []) {
  const bar = parentElement.querySelector(".bar");
  const said = parentElement.querySelector(".said");
  bar.setAttribute("aria-label", `${group}: ${data.label}`);
  bar.replaceChildren(
    ...lead,
    ...offered.map(([text, title, act, key]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.title = title;
      button.dataset.action = key ?? text.toLowerCase().replaceAll(" ", "-");
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

