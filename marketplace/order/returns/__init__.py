"""Goods that a buyer wants to give back: asking, the producer's answer, the shop's decision, goods and amounts.

What is to be given back is worked out and promised here; money is moved by the package of payments, once there is one.
"""
