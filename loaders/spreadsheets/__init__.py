"""A spreadsheet with columns of its own: mapping, proposal, template.

From the first look to figures:

    layout, rows, years, headers      where the tables lie, and what heads, titles and names of sheets say
    units_of_minerals                 units behind the names of minerals
    totals                            rows that add up others
    columns, flags, signs, legends    what each column holds, its letters, its decimal sign
    proposing, renewing               a `Mapping` for a person to confirm; last year's for this year's table
    asking, unknown                   what is asked before anything is read
    checks, sheets                    what a mapping says and the table does not bear out
    applying, repeats, account        rows become lines of our tidy table; every number is accounted for

`mapping` is the record and its file, `template` the workbook for those who begin with nothing.
"""
