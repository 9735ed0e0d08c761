"""HD images on the statement: of each limit, how many of how many are used, drawn as small frames."""

from dataclasses import dataclass

from workspace.credits.hd.selectors import Left

MOST_FRAMES = 40  # drawn one by one; a larger allowance is drawn as a bar


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit by day or by month, and what it leaves."""

    left: Left

    @property
    def used(self) -> int:
        return self.left.most - self.left.images

    @property
    def frames(self) -> list[bool]:
        """Each image, used or not; none where there are too many to draw."""
        return [number < self.used for number in range(self.left.most)] if self.left.most <= MOST_FRAMES else []

    @property
    def sentence(self) -> str:
        """ "6 of 20 HD images used this month, 14 left"."""
        until = "today" if self.left.by_day else "this month"
        return f"{self.used:,} of {self.left.most:,} HD images used {until}, {self.left.images:,} left"
