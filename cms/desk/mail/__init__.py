"""Staff's screens of mail: what people are told, how each mail looks, and what did not arrive."""
