"""What runs in worker processes: one event loop that makes every provider call, and the low-priority imaging beside it."""
