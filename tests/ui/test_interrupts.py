"""Signals of the terminal reach the event loop."""

import os
import signal

from pytestqt.qtbot import QtBot

from designer.ui.interrupts import SIGNALS, Interrupts


def test_an_interrupt_arrives_in_the_event_loop_while_it_waits(qtbot: QtBot) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    interrupts = Interrupts()
    try:
        with qtbot.waitSignal(interrupts.arrived) as told:
            os.kill(os.getpid(), signal.SIGINT)
        assert told.args == [signal.SIGINT]
    finally:
        interrupts.close()
    assert [signal.getsignal(number) for number in SIGNALS] == before
