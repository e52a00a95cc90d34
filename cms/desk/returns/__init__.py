"""Staff's screens of requests to return goods: what waits, answers for producers, decisions, goods that come back."""
