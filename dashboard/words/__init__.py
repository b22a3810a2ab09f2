"""Sentences and labels: the analysis in words, each worded once.

A module for each thing that is spoken of: claims, ranked tables, shares, sources, reports of loads,
articles, and what there is `instead` of what was asked for. Codes become labels in `loaders.vocabulary`,
not here.
"""
