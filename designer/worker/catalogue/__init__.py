"""How the catalogue is read out of the installed Keras: signatures, docstrings, and a hand table.

Everything here yields plain JSON values in the shape of `designer/catalog/spec.py`.
"""
