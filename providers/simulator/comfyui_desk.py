"""What ComfyUI keeps in its memory: the graphs it was given, in line and done, and the files that were uploaded for them."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from providers.simulator.bodies import Upload
from providers.simulator.comfyui_graph import Asked
from providers.simulator.delivery import Body
from providers.simulator.faults import Fault
from providers.simulator.jobs import KEPT, Jobs
from providers.simulator.journal import CALLED_OFF, Entry

FILES_KEPT = 50


@dataclass(slots=True)
class Order:
    """One graph in the server's memory."""

    number: int
    ident: str
    asked: Asked
    fault: Fault | None  # one that waits for a poll
    entry: Entry
    work: asyncio.Task[None] | None = None
    running: bool = False
    outputs: Body = field(default_factory=dict)
    messages: list[object] = field(default_factory=list)
    status: str = ""  # "success" or "error" once it is done

    def item(self) -> list[object]:
        """As ``/queue`` and ``/history`` list it."""
        return [self.number, self.ident, self.asked.graph, {"client_id": self.ident}, [self.asked.output]]

    def told(self) -> Body:
        status = {"status_str": self.status, "completed": self.status == "success", "messages": self.messages}
        return {"prompt": self.item(), "outputs": self.outputs, "status": status, "meta": {}}

    def end(self) -> None:
        """Stop working on it."""
        self.running, self.entry.outcome = False, CALLED_OFF
        if self.work:
            self.work.cancel()


@dataclass(slots=True)
class Desk:
    """The latest graphs by id, oldest first, the work on them, and the one card they take turns on."""

    card: asyncio.Lock = field(default_factory=asyncio.Lock)
    jobs: Jobs[None] = field(default_factory=Jobs)
    orders: OrderedDict[str, Order] = field(default_factory=OrderedDict)
    files: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    taken: int = 0

    def take(self, ident: str, asked: Asked, fault: Fault | None, entry: Entry) -> Order:
        self.taken += 1
        order = self.orders[ident] = Order(self.taken, ident, asked, fault, entry)
        if len(self.orders) > KEPT:
            self.orders.popitem(last=False)
        return order

    def delete(self, ident: object) -> None:
        """One that waits is forgotten; one that is drawn is not touched."""
        order = self.orders.get(ident) if isinstance(ident, str) else None
        if order and not order.running and not order.status:
            order.end()
            del self.orders[order.ident]

    def interrupt(self, ident: object) -> None:
        """What is being drawn, if it is the one named, or if none is."""
        for order in self.orders.values():
            if order.running and ident in (None, "", order.ident):
                order.end()
                about = {"prompt_id": order.ident, "node_id": "3", "node_type": "KSampler", "executed": []}
                order.status, order.messages = "error", [["execution_interrupted", about]]

    def store(self, upload: Upload, fields: Mapping[str, object]) -> Body:
        """Under the name it will be loaded by; what is there already under that name makes way, as it is the same."""
        folder, kind = str(fields.get("subfolder") or ""), str(fields.get("type") or "input")
        self.files[f"{folder}/{upload.name} [{kind}]".lstrip("/")] = upload.data
        if len(self.files) > FILES_KEPT:
            self.files.popitem(last=False)
        return {"name": upload.name, "subfolder": folder, "type": kind}
