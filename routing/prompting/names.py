"""Names that nobody may add to a person's prompt: brands, studios, and artists who live or whose work is owned.

Only what is added is looked at; whoever writes "Leica" gets Leica. The table holds what language models like to add to prompts;
beyond it, words with capitals in a row, and whoever follows "by" or "in the style of", count as a name.
"""

import re

BRANDS = """
    adidas, adobe, airbnb, alamy, aldi, amazon, american express, apple inc, arri, arriflex, artstation, aston martin, audi,
    barbie, behance, bentley, blender, bmw, boeing, bugatti, burberry, burger king, cadillac, canon, cartier, chanel,
    chevrolet, cinema 4d, coca-cola, coke, converse, deviantart, dior, disney, dreamworks, dribbble, ducati, ektachrome, etsy,
    facebook, fedex, fendi, ferrari, fortnite, fujicolor, fujifilm, getty, gettyimages, ghibli, givenchy, google, gopro,
    gucci, h&m, harley-davidson, hasselblad, heineken, hermès, hermes, hilton, honda, hugo boss, hyundai, ibm, ikea, ilford,
    illustrator, imax, instagram, intel, ipad, iphone, jaguar, jeep, kfc, kodachrome, kodak, lamborghini, land rover, lego,
    leica, levi's, lexus, linkedin, logitech, lomography, louis vuitton, lucasfilm, lululemon, macbook, mamiya, marriott,
    marvel, mastercard, maserati, maya, mazda, mcdonald's, mcdonalds, mercedes, mercedes-benz, microsoft, midjourney,
    minecraft, moleskine, national geographic, nescafé, nespresso, nestlé, netflix, new balance, new yorker, nickelodeon,
    nike, nikon, nintendo, nissan, octane, olympus, openai, oreo, panavision, patagonia, pentax, pepsi, photoshop, pinterest,
    pirelli, pixar, pixiv, playboy, playstation, pokémon, pokemon, polaroid, porsche, portra, prada, puma, ray-ban, red bull,
    red digital, redshift, reebok, ricoh, rolex, rolleiflex, rolls-royce, samsung, shutterstock, sigma, sketchup, snapchat,
    sony, spotify, star wars, starbucks, studio ghibli, supreme, swarovski, tamron, tesla, the north face, tiffany & co,
    tiktok, time magazine, toyota, twitter, uber, under armour, unity, unreal engine, unsplash, valentino, vans, versace,
    vespa, viltrox, visa, vogue, volkswagen, volvo, vray, v-ray, warner bros, wikipedia, xbox, yamaha, youtube, zara, zbrush,
    zeiss
"""
ARTISTS = """
    agnes cecile, ai weiwei, akira toriyama, alan lee, alex grey, alphonse mucha, anish kapoor, annie leibovitz, ansel adams,
    antony gormley, artgerm, banksy, beeple, bill watterson, brian froud, bridget riley, brom, charlie bowater, christo, cindy
    sherman, craig mullins, damien hirst, dave mckean, david bowie, david hockney, david lachapelle, ed ruscha, edward hopper,
    eiichiro oda, esao andrews, frank frazetta, frank gehry, frida kahlo, gerhard richter, georgia o'keeffe, greg rutkowski,
    gregory crewdson, gustav klimt, h.r. giger, hr giger, hajime sorayama, hans zimmer, hayao miyazaki, henri cartier-bresson,
    henri matisse, hirohiko araki, ilya kuvshinov, jackson pollock, james gurney, james jean, james turrell, jean giraud,
    jean-michel basquiat, jeff koons, jenny holzer, jim lee, john howe, jony ive, junji ito, kate greenaway, katsuhiro otomo,
    kaws, kehinde wiley, keith haring, kelly mckernan, kentaro miura, kim jung gi, krenz cushart, loish, louise bourgeois,
    lois van baarle, magali villeneuve, makoto shinkai, marc simonetti, marina abramović, mark ryden, martin parr, martin
    schoeller, maurizio cattelan, max ernst, michael bay, mike mignola, mobius, moebius, nan goldin, naoki urasawa, nick
    knight, olafur eliasson, pablo picasso, pascal campion, paul rand, paula scher, peter lindbergh, peter mohrbacher,
    picasso, quentin blake, quentin tarantino, ralph steadman, rebecca guay, rem koolhaas, richard serra, ridley scott, roger
    deakins, ross tran, roy lichtenstein, rutkowski, sakimichan, salvador dalí, salvador dali, sandra chevrier, saul bass,
    sebastião salgado, shepard fairey, simon stålenhag, simon stalenhag, sol lewitt, stanley kubrick, stefan sagmeister, steve
    mccurry, steven spielberg, takashi murakami, tadao ando, terry richardson, thomas kinkade, tim burton, todd mcfarlane,
    tracey emin, victo ngai, vivian maier, walt disney, wes anderson, wlop, wolfgang tillmans, wong kar-wai, yayoi kusama,
    yoji shinkawa, yoko ono, yoshitaka amano, zaha hadid, zdzisław beksiński
"""
TABLE = frozenset(" ".join(name.split()) for name in f"{BRANDS},{ARTISTS}".split(","))
KNOWN = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(TABLE, key=len, reverse=True))})(?!\w)", re.IGNORECASE
)
CAPITALS = re.compile(r"(?<!\w)[A-Z][\w’'.-]{0,30}[a-z](?:\s(?:(?:de|van|von|da|of|the)\s)?[A-Z][\w’'-]{0,30}[a-z])+")
AFTER = re.compile(r"(?:\bby|\bstyle of|\binspired by|\bhomage to|\btribute to|\breminiscent of)\s+([A-Z][\w’'-]+)")


def added(original: str, adapted: str) -> set[str]:
    """The names in ``adapted``, as written there, that ``original`` does not hold; of one inside another, the longer."""
    before, after = " ".join(original.casefold().split()), " ".join(adapted.split())
    spans = [match.span(group) for pattern, group in ((KNOWN, 0), (CAPITALS, 0), (AFTER, 1)) for match in pattern.finditer(after)]
    whole, end = [], 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if stop > end:
            whole.append(after[start:stop])
            end = stop
    return {name for name in whole if name.casefold() not in before}
