"""One thin file per page: choose, analyse, chart, sources, download."""
