"""Everything that knows what a figure means: documents, statistics, units, names, editions.

No Streamlit and no Plotly below this line; `dashboard` imports `loaders`, never the other way.
"""
