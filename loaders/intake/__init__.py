"""What a person hands in: which file is what, and the record of the edition that it becomes.

`sorting` tells tables, records, seed files, mappings and answers apart and reads the tables, edition by
edition; `records` finds the names and records under which each is installed. Nothing is installed here.
"""
