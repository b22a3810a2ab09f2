"""Questions asked of figures: tables in, tables out, no screen and no charts.

The functions on observations are written with Narwhals, so that they run on pandas, DuckDB and Spark
alike; each takes a native table with the columns of `loaders.model.OBSERVATION_COLUMNS` and returns a
small pandas table.
"""
