"""Charts as records: what is drawn, without a drawing. Knows neither Plotly nor Streamlit.

`chart` has the kinds of drawing; each passes the gate when it is made, so that unlike things on one axis
cannot be constructed. `panel` and `table` make their rows, `cards` says where a figure came from, and
`view` is what a topic gives: a chart with its cards, reasons, marks, notes, tiles and tables.
"""
