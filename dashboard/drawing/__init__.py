"""From a chart to a picture: one sketch, drawn by Plotly on the page and as SVG on paper.

    chart --draw--> sketch     bars, heat, nested, ranks, strips, timeline: one module for a kind of drawing
    sketch --screen--> Plotly figure, the only door to Plotly
    sketch --svg, canvas, paper--> SVG of a size that is asked for, with title and source in it

`frame` and `marks` are what all drawings share, `letters` measures text in the font of charts, so that page
and paper break lines alike and no label is cut.
"""
