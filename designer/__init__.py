"""Skipwire: a desktop designer for Keras networks. CONTRIBUTING.md tells its rooms."""

__version__ = "0.1.0"
