"""How large the real catalogue is: OCOP products in July 2025."""

FULL_SIZE = 16_543
