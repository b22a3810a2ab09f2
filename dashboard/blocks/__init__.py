"""Blocks of the pages: a chart, its source cards, and why figures in it are kept apart."""
