"""Streamlit: pieces of pages, controls, the link, the session."""
