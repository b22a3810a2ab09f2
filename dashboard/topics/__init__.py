"""What can be asked: each topic makes a view of the data. Knows neither Plotly nor Streamlit."""
