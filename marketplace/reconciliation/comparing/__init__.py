"""A day that is over, held against what Stripe, the bank and carriers say of it: pair by pair, at any time again."""
