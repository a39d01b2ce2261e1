"""Python as a way in: Keras code told apart by its syntax tree alone, and never executed.

`text` gives the tree, `statements` walks it with bounded constants, `network` holds what it calls.
"""
