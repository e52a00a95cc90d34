"""Papers of an order as PDF: the buyer's copy, and the producer's packing list."""
