"""A spreadsheet with columns of its own: mapping, proposal, template."""
