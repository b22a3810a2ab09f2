"""Everything that asks of figures and shows them: analysis, charts, exports, pages, command line.

    loaders --> snapshot --> analysis --> topics --> View --> ui and views (pages)
                                                          --> exports (files), cli (the command)

A topic turns what is asked into a View, with `charts` for what is drawn and `words` for what is said;
`drawing` turns a chart into a picture. Nothing below `ui` knows Streamlit, nothing but `drawing` knows
Plotly.
"""
