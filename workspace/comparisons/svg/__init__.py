"""Drawings made harmless and turned into pixels, in a process of their own with little time and memory."""

import struct

EDGE = 2048  # pixels on the longer side of the raster
HEADER = struct.Struct(">?Q")  # whether anything active was taken out, and the length of what is left; the PNG follows it
REFUSED = 3  # the exit status that means: this is no drawing
