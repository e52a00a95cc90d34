"""Staff's screens of orders: what there is, what is to be done today, and every move done for a producer."""
