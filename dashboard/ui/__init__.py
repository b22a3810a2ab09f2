"""Streamlit: pieces of pages, controls, the link, the session.

`session` gives the data and keeps views; `controls` draws a topic's parameters and `link` keeps them in the
address; `chart` shows a view, with the menu of `takeaway`; `page` has headings, tiles and notices. `data`,
`article`, `claim_form` and `form_fields` are the pieces of the pages that take something in.
"""
