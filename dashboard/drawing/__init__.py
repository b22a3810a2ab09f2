"""From a chart to a picture: one sketch, drawn by Plotly on the page and as SVG on paper."""
