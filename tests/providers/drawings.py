"""Small SVGs for tests."""

OPEN = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(
    body: str = '<rect width="9" height="9" fill="#c33"/>', head: str = 'width="512" height="512"', before: str = ""
) -> bytes:
    """A drawing with this inside and these attributes on its root."""
    return f"{before}<svg {OPEN} {head}>{body}</svg>".encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = svg("<text>&l9;</text>", before=f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>')
EXTERNAL_ENTITY = svg("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
NAMED_DTD = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
