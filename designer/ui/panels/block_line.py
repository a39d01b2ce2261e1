"""The lines of the inspector about blocks: the kind of the selected one and whether the others of
its kind are like it; and which parameters of what is selected in a block the block offers outside.
"""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from designer.document.block_kinds import others_that_differ, withdraw
from designer.document.blocks import of_kind
from designer.document.mark_lines import TITLE_LIMIT
from designer.document.model import PASSAGES, Block, Document, Node
from designer.ui.block_commands import chosen_block, make_others_alike
from designer.ui.block_params import choices, toggled
from designer.ui.letters import plain
from designer.ui.panels.sections import MARGIN, RHYTHM, quiet
from designer.ui.session import Session
from designer.ui.widgets.fields import Line


class BlockLine(QFrame):
    """Takes no room where there is nothing to say of blocks."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._block: Block | None = None
        self.setObjectName("block")
        self.label = quiet("", self)
        self.kind = Line(self)
        self.kind.setMaxLength(TITLE_LIMIT)
        self.kind.setAccessibleName(self.tr("Kind of the block"))
        self.kind.setToolTip(self.tr("Blocks of one kind are meant to hold the same"))
        self.kind.entered.connect(self.finish)
        self.kind.left.connect(self.finish)
        self.kind.escaped.connect(self._show_kind)
        self.open = QPushButton(self.tr("Open"), self)
        self.open.setToolTip(self.tr("Show the block from inside"))
        self.open.clicked.connect(self._enter)
        self.offers = QPushButton(self.tr("Parameters"), self)
        self.menu = QMenu(self.offers)
        self.menu.aboutToShow.connect(self._fill)
        self.offers.setMenu(self.menu)
        self.told = quiet("", self)
        self.alike = QPushButton(self.tr("Make them alike"), self)
        self.alike.setToolTip(
            self.tr("Give the others what this one holds; their values and wires stay")
        )
        self.alike.clicked.connect(self._spread)
        self._lay_out()
        self.hide()
        session.history_changed.connect(self.follow)  # others may differ though nothing here does

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, RHYTHM, MARGIN, RHYTHM)
        column.setSpacing(RHYTHM)
        # The kind has a row of its own: beside buttons a narrow panel would cut it.
        for widgets in ((self.label, self.kind), (self.open, self.offers), (self.told,)):
            row = QHBoxLayout()
            row.setSpacing(RHYTHM)
            for widget in widgets:
                row.addWidget(widget, 0 if widget is self.label else 1)
            column.addLayout(row)
        column.addWidget(self.alike)

    # --- what is shown ------------------------------------------------------------------------

    def follow(self) -> None:
        """Shows what the session says of blocks now."""
        session, blocks = self._session, self._session.whole.blocks
        if not blocks:
            self._block = None
            self.hide()
            return
        former, self._block = self._block, blocks.get(chosen_block(session))
        inner = self._inner()
        self.setVisible(self._block is not None or bool(inner))
        self._show_rows(inner)
        if self._block is not None:
            other = former is None or former.id != self._block.id
            if other or not self.kind.isModified():
                self._show_kind()

    def _inner(self) -> Sequence[Node]:
        """The layers and operations of the open block that are selected."""
        session = self._session
        nodes = (session.whole.graph.nodes.get(key) for key in sorted(session.selection))
        found = [node for node in nodes if node is not None and node.type not in PASSAGES]
        return found if session.scope and len(found) == len(session.selection) else []

    def _show_rows(self, inner: Sequence[Node]) -> None:
        block, one = self._block, self._block is not None
        self.label.setText(self.tr("Block"))
        self.label.setVisible(one)
        self.kind.setVisible(one)
        text = self.tr("Parameters") if one else self.tr("Make a parameter of the block")
        self.offers.setText(text)
        self.open.setVisible(block is not None and block.id != self._session.scope)
        self.offers.setVisible(bool(inner) or (block is not None and bool(block.params)))
        self.offers.setToolTip(
            self.tr("What the block offers of these nodes as a parameter of its own")
            if inner
            else self.tr("What the block offers: take a mark away to offer it no longer")
        )
        self._tell_others()

    def _tell_others(self) -> None:
        whole, block = self._session.whole, self._block
        count = len(of_kind(whole, block.kind)) - 1 if block is not None else 0
        differing = len(others_that_differ(whole, block.id)) if block is not None and count else 0
        self.told.setText(self._of_others(count, differing))
        self.told.setVisible(count > 0)
        self.alike.setVisible(differing > 0)

    def _of_others(self, count: int, differing: int) -> str:
        if differing == 1:
            return self.tr("Another of this kind holds something else.")
        if differing:
            text = self.tr("{count} others of this kind hold something else.")
            return text.format(count=differing)
        if count == 1:
            return self.tr("There is another of this kind, and it is alike.")
        return self.tr("There are {count} others of this kind, all alike.").format(count=count)

    def _show_kind(self) -> None:
        if self._block is not None:
            self.kind.setText(self._block.kind)
            self.kind.setModified(False)

    # --- what it does -------------------------------------------------------------------------

    def finish(self) -> None:
        """Commits the kind that is being typed."""
        block, wanted = self._block, " ".join(self.kind.text().split())
        if block is None or not self.kind.isModified():
            return
        self.kind.setModified(False)
        if not wanted or not wanted.isprintable() or wanted == block.kind:
            self._show_kind()
            return

        def edit(whole: Document) -> Document:
            renamed = replace(whole.blocks[block.id], kind=wanted)
            return replace(whole, blocks={**whole.blocks, block.id: renamed})

        self._session.do_whole(self.tr("Change kind of block"), edit, origin=self)

    def _enter(self) -> None:
        if self._block is not None:
            self._session.enter(self._block.id)

    def _spread(self) -> None:
        if self._block is not None:
            make_others_alike(self._session, self._block.id)

    def _fill(self) -> None:
        self.menu.clear()
        if self._block is not None:
            key = self._block.id
            for name, targets in self._block.params.items():
                names = [self._session.whole.graph.nodes[node].name for node, _ in targets]
                edit = partial(withdraw, key=key, name=name)
                self._add(self._entry(name, names), edit, checked=True)
            return
        session, scope = self._session, self._session.scope
        block = session.whole.blocks[scope]
        for choice in choices(session.whole, session.catalog, block, self._inner()):
            text = self._entry(choice.name, choice.others)
            edit = partial(toggled, key=scope, choice=choice)
            self._add(text, edit, checked=choice.offered)

    def _entry(self, name: str, others: Sequence[str]) -> str:
        if not others:
            return plain(name)
        return plain(self.tr("{name}, of {others}").format(name=name, others=", ".join(others)))

    def _add(self, text: str, edit: Callable[[Document], Document], *, checked: bool) -> None:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        label = self.tr("Parameters of the block")
        action.triggered.connect(lambda _=False: self._session.do_whole(label, edit, origin=self))
