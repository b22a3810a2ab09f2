"""Bytes to rows with positions: files, archives, encodings, CSV, Excel, Parquet, JSON. Knows no mineral.

`inputs` opens what is handed in, `opening` says what kind of file it is, and each kind has a reader of its
own. `workbooks` and `parquet` are imported by name and where they are needed: each costs 15 MB.
"""
