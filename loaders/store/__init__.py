"""Editions on disk: the bundled ones, and those in the user's workspace, which win.

    data/usgs-mcs/dataset.toml, 2025.csv    bundled, read-only
    HOME/store.json                         what the workspace holds, and which editions are current
    HOME/editions/                          a table per edition, its version in its name; never changed
    HOME/copies/                            large tables once more, read faster; may be deleted
    HOME/versions/                          what could be read before each change: old links lead there
    HOME/history.jsonl                      who changed what and when, a line per change
    HOME/seeds/                             seed files of the user's own
    HOME/articles/                          texts of articles, where the user asked to keep them
    HOME/briefs/                            a file per brief: charts put together for a meeting
    HOME/incoming/                          files dropped here wait for a person's yes

An edition's version is the SHA-256 of its table. A change writes new files beside the old ones and then
replaces `store.json`, so that a reader sees the old editions or the new ones, never half of them.
Writers wait for each other; readers never wait.
"""

from loaders.store.briefs import (
    Brief,
    BriefFile,
    BriefItem,
    brief_files,
    brief_paths,
    change_brief,
    new_brief,
    read_brief,
    remove_brief,
)
from loaders.store.catalogue import Catalogue, Installed, catalogue, catalogue_at, removed
from loaders.store.changing import empty, install, remove, restore, sweep, use
from loaders.store.folders import APP_NAME, bundled_folder, workspace
from loaders.store.history import history
from loaders.store.incoming import Arrival, arrivals, has_arrived, put_away, put_in
from loaders.store.seeds import (
    OwnSeed,
    all_seeds,
    keep_text,
    own_seeds,
    remove_seed,
    remove_text,
    seed_path,
    seeds_version,
    try_seed,
    write_seed,
)
from loaders.store.state import Change, Kept, Summary
from loaders.store.tables import (
    from_csv,
    of_an_account,
    read_all,
    read_each,
    read_edition,
    read_national,
    to_csv,
)
from loaders.store.verifying import Verified, verify

__all__ = [
    "APP_NAME",
    "Arrival",
    "Brief",
    "BriefFile",
    "BriefItem",
    "Catalogue",
    "Change",
    "Installed",
    "Kept",
    "OwnSeed",
    "Summary",
    "Verified",
    "all_seeds",
    "arrivals",
    "brief_files",
    "brief_paths",
    "bundled_folder",
    "catalogue",
    "catalogue_at",
    "change_brief",
    "empty",
    "from_csv",
    "has_arrived",
    "history",
    "install",
    "keep_text",
    "new_brief",
    "of_an_account",
    "own_seeds",
    "put_away",
    "put_in",
    "read_all",
    "read_brief",
    "read_each",
    "read_edition",
    "read_national",
    "remove",
    "remove_brief",
    "remove_seed",
    "remove_text",
    "removed",
    "restore",
    "seed_path",
    "seeds_version",
    "sweep",
    "to_csv",
    "try_seed",
    "use",
    "verify",
    "workspace",
    "write_seed",
]
