"""What staff edit about searching: how it is kept level with what comes with the shop, and tried before it is saved."""
