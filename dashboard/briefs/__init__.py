"""Briefs: charts that a reader put together, each made again from what was asked."""
