"""What a steward answers about names in a file that nobody knows.

`answers` is the record (a known name, a new mineral, or leave it out), `checking` says which answers can
hold, `keeping` is the file. Formats and spreadsheets ask through it before they look into the tables of
names.
"""
