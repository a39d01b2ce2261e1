"""The only package that imports Keras. Each module is the entry of a process of its own.

It uses the standard library, Keras and `designer.protocol`, so any interpreter that has Keras 3
can run it.
"""
