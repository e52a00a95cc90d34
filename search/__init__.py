"""Search: Vietnamese text, the query, the ranker and the engines behind them."""
