"""The mark every simulated picture carries in its metadata, and the reading of it."""

from io import BytesIO

from PIL import ExifTags, Image, PngImagePlugin

SOFTWARE = "Proofsheet simulator"
# A JPEG's EXIF segment ends at 65,533 bytes.
_PROMPT_BYTES = 8000


def _plain(text: str) -> str:
    """Without lone surrogates and NULs, short enough for any container."""
    return text.encode(errors="replace").replace(b"\0", b" ")[:_PROMPT_BYTES].decode(errors="ignore")


def _statements(model: str, prompt: str, seed: int) -> dict[str, str]:
    return {
        "Software": SOFTWARE,
        "Description": f"Simulated image, not made by {_plain(model)[:200]}",
        "Prompt": _plain(prompt),
        "Seed": str(seed),
    }


def png_marker(model: str, prompt: str, seed: int) -> PngImagePlugin.PngInfo:
    """Text chunks that stand before the pixels."""
    info = PngImagePlugin.PngInfo()
    for key, value in _statements(model, prompt, seed).items():
        info.add_itxt(key, value)
    return info


def exif_marker(model: str, prompt: str, seed: int) -> bytes:
    """EXIF for JPEG and WebP: Software, ImageDescription, and prompt and seed as UserComment."""
    said = _statements(model, prompt, seed)
    exif = Image.Exif()
    exif[ExifTags.Base.Software] = said["Software"]
    exif[ExifTags.Base.ImageDescription] = said["Description"].encode("ascii", "replace").decode()
    comment = f"prompt: {said['Prompt']}\nseed: {said['Seed']}"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + comment.encode("utf-16-le")
    return exif.tobytes()


def svg_marker(model: str, prompt: str, seed: int) -> str:
    """Plain text for ``<metadata>``; characters that XML cannot hold become spaces."""
    said = ". ".join(f"{key}: {value}" for key, value in _statements(model, prompt, seed).items())
    return "".join(letter if letter.isprintable() else " " for letter in said)


_SVG_MARK = f"<metadata>Software: {SOFTWARE}.".encode()


def is_simulated(data: bytes) -> bool:
    """Whether a file carries the simulator's mark. Reads the header only; False for anything that is no picture."""
    if data.startswith(b"<svg "):
        return _SVG_MARK in data[:_PROMPT_BYTES]
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            said = image.info.get("Software") or image.getexif().get(ExifTags.Base.Software)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return bool(said == SOFTWARE)
