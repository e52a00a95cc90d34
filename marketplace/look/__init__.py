"""How things are shown: prices, days, stars, icons, pictures, the map of provinces.

Pure presentation and the lowest layer of all: imports nothing of ours but marketplace.clock, and reads
no database. Templates of every package load it with `{% load look %}`.
"""
