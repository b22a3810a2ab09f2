"""One thin file per page: choose, analyse, chart, sources, download.

A page of a topic asks its parameters (`ui.controls`), takes the view (`ui.session`) and shows it
(`ui.chart`). Streamlit runs the whole file at each interaction; bare strings in it are printed, so comments
say why.
"""
