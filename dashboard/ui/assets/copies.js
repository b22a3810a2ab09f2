// The buttons that copy a picture, and what a page needs to show it. Nothing is sent anywhere.

function bytes(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

const copies = [
  ["Copy picture", "Copy the picture as PNG", async (data) => {
    if (typeof ClipboardItem === "undefined") return "This browser copies no pictures; save the PNG.";
    const picture = new Blob([bytes(data.picture)], { type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    return "Picture copied.";
  }],
  ["Copy embed code", "Copy the HTML that shows the PNG with its alternative text and source", async (data) => {
    await navigator.clipboard.writeText(data.embed);
    return "Embed code copied.";
  }],
];

export default function (component) {
  drawButtons(component, "Copy", copies);
}
