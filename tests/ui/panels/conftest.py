"""A session with a small design, and a theme, for every panel."""

import pytest
from PySide6.QtWidgets import QApplication

from designer.catalog.spec import Catalog
from designer.document.model import OUTPUT, Document, Edge, Graph, Node
from designer.ui import theme
from designer.ui.session import Session
from designer.ui.theme import Theme


@pytest.fixture
def light(qapp: QApplication) -> Theme:
    return theme.load("light")


@pytest.fixture
def design() -> Document:
    conv = {"kernel_size": 3, "padding": "same"}
    nodes = (
        Node("image", "layers.InputLayer", "image", {"shape": [32, 32, 3]}),
        Node("conv1", "layers.Conv2D", "conv1", {"filters": 64, **conv}),
        Node("conv2", "layers.Conv2D", "conv2", {"filters": 64, **conv}),
        Node("again", "layers.Conv2D", "again", shares="conv1"),
        Node("sum", "layers.Add", "sum"),
        Node("out", OUTPUT, "out"),
    )
    edges = (
        Edge("image", 0, "conv1", "inputs"),
        Edge("conv1", 0, "conv2", "inputs"),
        Edge("conv1", 0, "sum", "inputs", 0),
        Edge("conv2", 0, "sum", "inputs", 1),
        Edge("sum", 0, "out", "inputs"),
    )
    return Document("tower", Graph({node.id: node for node in nodes}, frozenset(edges)))


@pytest.fixture
def session(catalog: Catalog, design: Document, qapp: QApplication) -> Session:
    made = Session(catalog)
    made.become(design)
    return made
