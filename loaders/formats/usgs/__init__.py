"""Files of the USGS Mineral Commodity Summaries: one layout a module, `common` for what they share."""
