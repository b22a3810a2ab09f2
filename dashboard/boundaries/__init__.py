"""Where places lie on a map: their shapes, projected, simplified and kept in `world.json`.

    package --build--> world.json     by hand, when the package changes: topojson, simplify, cut, equal_earth
    world.json --shapes--> arrays     read once per process, when the first map is drawn

Nothing here is fetched at run time. `LICENSE.txt` is the licence of the package that the shapes come from.
"""
