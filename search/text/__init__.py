"""Vietnamese text for search: letters, tokens, lexicon, Telex and VNI leftovers.

Pure Python: imports neither Django nor anything of the shop. Index and query
pass through the same functions, so every engine sees the same forms.
"""
