"""The one place where these tests know the loader of seed files."""

from __future__ import annotations

from loaders.documents import check_text, read_seed, read_seed_files, read_seeds

__all__ = ["check_text", "read_seed", "read_seed_files", "read_seeds"]
