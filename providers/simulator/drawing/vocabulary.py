"""The words the simulator knows, grouped by what they put into the picture."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# By rank: the first row with a word in the prompt decides.
SCENES: dict[str, frozenset[str]] = {
    "isometric": _set("isometric diorama voxel"),
    "badge": _set("badge emblem patch crest seal sticker medal stamp insignia"),
    "logo": _set("logo logotype wordmark monogram icon brand branding mark"),
    "poster": _set("poster flyer cover invitation billboard leaflet typography lettering headline card banner"),
    "product": _set("label packaging product perfume cosmetic cosmetics serum shampoo wine beer jar can packshot"),
    "street": _set(
        "neon sign signage shopfront storefront café cafe bar shop alley street bakery diner restaurant market boutique"
    ),
    "room": _set("room interior bedroom kitchen studio office lounge desk sofa armchair library"),
    "space": _set("space rocket spaceship planet galaxy saturn astronaut mars cosmos orbit nebula spacecraft"),
    "city": _set(
        "city skyline skyscraper skyscrapers tower downtown metropolis buildings rooftops tokyo york london paris berlin"
    ),
    "architecture": _set(
        "architecture stairs staircase architectural villa brutalist facade façade courtyard arch arches corridor house building"
    ),
    "still": _set(
        "still vase bottle glass cup mug coffee tea espresso cappuccino fruit apple apples orange lemon pear "
        "bowl plant houseplant cactus candle flowers bouquet ramen food cake wineglass teapot ceramics"
    ),
    "animal": _set("fox cat dog bird owl fish koi goldfish whale bear rabbit kitten puppy wolf hummingbird robot"),
    "landscape": _set(
        "mountain mountains landscape sunset sunrise sea ocean lake dune dunes desert forest hills hill "
        "valley beach coast river island horizon meadow field pines waterfall alps fjord cliff"
    ),
}

SUBJECTS: dict[str, frozenset[str]] = {
    "fox": _set("fox foxes wolf"),
    "cat": _set("cat cats kitten"),
    "dog": _set("dog dogs puppy"),
    "bird": _set("bird birds swallow sparrow hummingbird robin"),
    "owl": _set("owl owls"),
    "fish": _set("fish koi goldfish carp"),
    "whale": _set("whale whales dolphin"),
    "bear": _set("bear bears panda"),
    "rabbit": _set("rabbit bunny hare"),
    "robot": _set("robot robots android bot"),
    "rocket": _set("rocket rockets spaceship launch spacecraft"),
    "planet": _set("planet planets saturn mars galaxy orbit space"),
    "moon": _set("moon lunar crescent"),
    "star": _set("star stars"),
    "mountain": _set("mountain mountains alps peak peaks summit cliff fjord"),
    "sea": _set("sea ocean coast beach island harbour harbor boat sailboat ship"),
    "wave": _set("wave waves surf tide"),
    "dune": _set("dune dunes desert sahara"),
    "forest": _set("forest woods pines trees tree"),
    "lake": _set("lake river pond fjord reflection"),
    "hill": _set("hill hills meadow field valley"),
    "sun": _set("sun sunrise sunset dawn"),
    "record": _set("jazz vinyl record music concert blues band festival dj"),
    "lantern": _set("lantern lanterns market chinatown"),
    "bottle": _set("bottle wine perfume beer serum shampoo oil whisky whiskey"),
    "vase": _set("vase vases ceramic ceramics pottery urn amphora"),
    "glass": _set("glass water tumbler wineglass cocktail caustics"),
    "cup": _set("cup mug coffee café cafe tea espresso cappuccino latte cups"),
    "fruit": _set("fruit fruits apple apples orange oranges lemon lemons pear pears peach plum cherry"),
    "plant": _set("plant plants leaf leaves houseplant monstera fern botanical flowers flower bouquet eucalyptus herbarium"),
    "cactus": _set("cactus succulent"),
    "candle": _set("candle candles"),
    "bowl": _set("bowl ramen noodles soup"),
    "bolt": _set("bolt lightning electric energy power"),
    "heart": _set("heart love"),
    "bicycle": _set("bicycle bike cycling"),
    "compass": _set("compass navigation expedition explorer"),
}

LIGHTS: dict[str, frozenset[str]] = {
    "night": _set("night midnight nocturnal dark moonlit nighttime starry neon cyberpunk"),
    "blue": _set("bluehour dusk twilight evening"),
    "dawn": _set("dawn sunrise morning misty"),
    "sunset": _set("sunset goldenhour synthwave vaporwave sundown"),
    "day": _set("day noon daylight sunny midday bright"),
    "pastel": _set("pastel soft dreamy candy"),
}

WEATHER: dict[str, frozenset[str]] = {
    "rain": _set("rain rainy wet storm drizzle raining puddles"),
    "snow": _set("snow snowy winter blizzard"),
    "fog": _set("fog foggy mist misty haze hazy"),
}
