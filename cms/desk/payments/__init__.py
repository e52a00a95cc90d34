"""Staff's screens of money: payments, refunds, and what providers told that could not be used."""
