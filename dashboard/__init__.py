"""Everything that asks of figures and shows them: analysis, charts, exports, pages, command line."""
