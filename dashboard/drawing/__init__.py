"""From a chart to a Plotly figure. The only importer of Plotly."""
