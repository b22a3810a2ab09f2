"""Charts as records: what is drawn, without a drawing. Knows neither Plotly nor Streamlit."""
