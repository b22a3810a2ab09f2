"""Briefs on the pages: what puts a chart into one, and what shows and changes one."""
