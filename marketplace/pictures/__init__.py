"""Every picture that comes in: checks, cleaning, fixed sizes, files. The only place that knows Pillow.

Must not know what a picture is of: the catalogue and the pages call in, and listen to `sizes_made`.
"""
