"""Files of the USGS: one layout a module.

`common` holds what those of the Mineral Commodity Summaries share; `yearbook` is another series.
"""
