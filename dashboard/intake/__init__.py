"""An edition on its way in: plan, proposal, job, and the records that a person fills in.

`plan` reads files into editions that are ready to install; `proposal` is the same in a form that a page can
hold; `job` does the work beside the pages. `record`, `columns`, `answers`, `claim` and `review` turn what a
person fills in into files: dataset.toml, a mapping, answers, a seed file. Knows no Streamlit.
"""
