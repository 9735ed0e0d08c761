"""Words by which a prompt says something itself, so that no rule adds to it. English: nothing is added in other languages."""

from routing.prompting.words import table
from routing.reading.languages import english_looks
from routing.reading.roles import Role


def _single(*roles: Role) -> frozenset[str]:
    """What the reader knows under these roles, as far as it is one word."""
    phrases = (phrase.strip() for role in roles for phrase in english_looks.WORDS[role].split(","))
    return frozenset(phrase for phrase in phrases if " " not in phrase)


RENDERED = table("3d render rendered rendering renders cgi")
# Manners a photograph may have, too.
MANNERS = table(
    """
    cute whimsical toy stylized stylised minimalist flat fantasy mural retro vintage clay plush felt knitted lego figurine diorama
    """
)
DRAWN = RENDERED | _single(Role.DRAWN, Role.DRAWN_HINT) - MANNERS
PHOTOGRAPHED = table("photo photos photograph photographs photographed photography photographic photoreal")
REALISTIC = table("photorealistic photorealism photoreal realistic hyperrealistic hyperreal ultrarealistic lifelike")
# Drawings, and things that bear them.
DEPICTED = DRAWN | table(
    """
    graffiti mural tattoo tattoos poster posters billboard sign signs art artist artwork gallery museum canvas easel statue
    sculpture doll toy toys puppet lego figurine chalk chalkboard blackboard whiteboard printed print painted
    """
)
# Light, and what brings its own: a time, a weather, a place, a lamp, a way of exposing.
LIT = table(
    """
    light lights lighting lit unlit backlit sidelit underlit sunlit moonlit candlelit spotlit sunlight moonlight candlelight
    daylight starlight firelight twilight spotlight lamplight torchlight skylight backlight sun suns sunny sunset sunrise
    sunbeam sunbeams moon moonless star stars starry sky skies shadow shadows shade shaded shady glow glowing glows shine
    shining shiny bright brightly dim dimly dark darkness gloomy moody noir silhouette silhouettes silhouetted reflection
    reflections reflected caustics highlights contrast exposure overexposed underexposed flash strobe softbox studio neon led
    lamp lamps lantern lanterns candle candles fire flame flames bonfire campfire torch ember embers bulb bulbs chandelier
    firework fireworks lightning aurora laser lasers hologram holographic screen screens morning dawn noon midday afternoon
    evening dusk night nights midnight nightfall tonight golden blue-hour hour weather rain rainy raining snow snowy snowing
    fog foggy mist misty haze hazy cloud clouds cloudy overcast storm stormy thunderstorm sandstorm blizzard dusty smoke smoky
    underwater undersea subsea ocean-floor deep-sea space orbit planet galaxy nebula cave cavern tunnel cellar basement
    dungeon club nightclub disco concert stage cinema theatre theater church cathedral chapel window windows x-ray infrared
    thermal ultraviolet uv cinematic dramatic volumetric hdr high-key low-key chiaroscuro rim polaroid cctv surveillance infra
    black-and-white monochrome eclipse
    """
)
# A lens, a camera, a distance or an angle: any of these frames the picture.
FRAMED = table(
    """
    mm lens lenses camera cameras telephoto fisheye wide-angle wide angle macro micro microscope microscopic telescope
    close-up closeup close zoom zoomed focus focal focused aperture bokeh depth dof shot shots drone aerial overhead top-down
    bird bird's-eye eye-level low-angle high-angle pov selfie selfies portrait-lens panorama panoramic perspective distant far
    view viewed isometric tilt tilt-shift framing framed frame headshot full-body half-body waist-up pinhole polaroid holga
    lomo daguerreotype instant disposable iphone phone smartphone webcam cctv surveillance dashcam gopro satellite x-ray film
    35mm 120mm medium-format large-format dslr slr mirrorless leica hasselblad canon nikon sony fujifilm kodak portra
    silhouette scan scanned flatbed photogram
    """
)
PORTRAITS = table("portrait portraits headshot face faces bust")
SCENERY = table("landscape skyline mountains valley coast interior architecture building facade room kitchen street")
STYLED = table(
    """
    flat 3d render rendered gradient gradients geometric hand-drawn drawn sketch sketched vintage retro detailed realistic
    photorealistic textured texture watercolour watercolor woodcut linocut pixel isometric minimal minimalist minimalistic
    simple organic calligraphic brush script outline outlined line lines art ornate baroque grunge style shape shapes edges
    """
)
TANGIBLE = table(
    """
    neon chrome metallic enamel engraved embossed embroidered embroidery stitched stamped carved etched painted lit glowing
    photo photograph realistic 3d pin sewn knitted patch woven balloon cookie cake icing mosaic
    """
)
COLOURED = table(
    """
    colour colours coloured colourful color colors colored colorful monochrome palette black white grey gray red orange yellow
    green blue purple violet pink brown beige cream ivory teal turquoise cyan magenta navy maroon crimson scarlet ochre olive
    mint lime lavender lilac indigo gold golden silver bronze copper rose coral peach pastel rainbow sepia neon hex rgb cmyk
    tone tones toned duotone tricolour hue hues shade shades gradient transparent
    """
)
GROUNDED = table(
    """
    background backgrounds backdrop on against wall transparent mockup scene landscape storefront window sign shirt mug card
    paper cup box in inside behind over above
    """
)  # where a design stands already
