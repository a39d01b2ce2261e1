"""Looking elsewhere by the overview map: the view goes where the map is pressed, and follows."""

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage


class LookGesture(Gesture):
    """Moves the view; Esc puts it back."""

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._before: Camera = stage.camera
        self.move(start)

    def move(self, at: Pointer) -> None:
        place = self.stage.map_place(at.place)
        if place is not None:
            there = self.stage.camera.to_widget(*place)
            step = (self.stage.visible().center() - there).toPoint()
            self.stage.pan(step.x(), step.y())

    def release(self, at: Pointer) -> None:
        self.move(at)

    def cancel(self) -> None:
        now = self.stage.camera
        self.stage.pan(self._before.x - now.x, self._before.y - now.y)
