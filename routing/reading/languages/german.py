"""German words."""

from routing.reading.roles import Role, Vocabulary

DENIALS = frozenset({"kein", "keine", "keinen", "keinerlei", "ohne", "nicht", "nie"})

WORDS: Vocabulary = {
    Role.OPENS: """
        mit der aufschrift, aufschrift, mit den worten, mit dem wort, mit dem text, mit dem schriftzug, beschriftet mit,
        mit dem namen, mit dem titel, betitelt, mit der überschrift, mit dem slogan, mit dem spruch, mit der inschrift,
        auf dem steht, auf der steht, darauf steht, das wort, die worte
    """,
    Role.SAYS: """
        mit der aufschrift, aufschrift, steht, darauf steht, auf dem steht, auf der steht, mit den worten, mit dem wort,
        das wort, die worte, mit dem text, der text, mit dem schriftzug, schriftzug, beschriftet mit, beschriftet,
        mit dem namen, mit dem titel, betitelt, der titel, mit der überschrift, mit dem slogan, mit dem spruch, der spruch,
        lautet, sagt, geschrieben steht, mit der inschrift, inschrift, der buchstabe, die zahl, spielstand, beschriftung
    """,
    Role.TITLES: """
        titel, überschrift, untertitel, schlagzeile, slogan, motto, spruch, sprüche, motivationssprüche, aufschrift, inschrift,
        schriftzug, preis, beschriftung, datum
    """,
    Role.NAMES: "namens, genannt, für, mit namen, marke, firma, café, bäckerei, brauerei",
    Role.PLACES: """
        darunter, darüber, oben, unten, oben links, oben rechts, unten links, unten rechts, in der mitte, in der ecke
    """,
    Role.BEARS: """
        schild, schilder, ladenschild, straßenschild, leuchtschild, neonschild, leuchtreklame, plakat, poster, filmplakat,
        flyer, banner, fahne, logo, abzeichen, etikett, etiketten, aufkleber, t shirt, becher, tasse, flasche, dose, verpackung,
        buch, buchcover, buchumschlag, umschlag, titelseite, zeitschrift, zeitung, karte, visitenkarte, grußkarte, einladung,
        einladungskarte, postkarte, speisekarte, tafel, kreidetafel, schaufenster, ladenfront, lieferwagen, lastwagen,
        tätowierung, tattoo, grabstein, torte, kuchen, urkunde, infografik, bildschirm, sprechblase, wegweiser, briefmarke,
        wappen, plakette, schriftzug
    """,
    Role.WRITTEN: """
        geschrieben, steht, gedruckt, aufgedruckt, graviert, gestickt, gemalt, beschriftet, in großbuchstaben,
        in großen buchstaben, in schreibschrift, schrift, darauf, draufsteht, oben, unten, als schriftzug, als überschrift,
        als titel, zu lesen, schriftzug
    """,
    Role.WORKS: """
        im stil von, im stil, stil von, inspiriert von, nach art von, aus dem film, film, lied, roman, serie, das spiel,
        sogenannte, sogenannten, sogenannter
    """,
    Role.MANNER: "stil, ästhetik, stimmung, look, gefühl, effekt, konzept, atmosphäre, film, charakter",
    Role.SPEAKS: "ruft, flüstert, fragt, schreit, denkt, singt, antwortet",
    Role.BUBBLES: "sprechblase, sprechblasen, denkblase, dialog, comicseite",
    Role.LETTERLESS: """
        ohne text, kein text, keine schrift, ohne schrift, ohne buchstaben, keine buchstaben, ohne worte, ohne beschriftung,
        ohne aufschrift, keine texte, textfrei
    """,
    Role.PHOTO: """
        foto, fotos, fotografie, fotografiert, fotorealistisch, fotorealistische, fotorealistischer, fotorealistisches,
        fotorealismus, ultrarealistisch, ultrarealistische, ultrarealistisches, hyperrealistisch, hyperrealistische,
        hyperrealistisches, aufnahme, makroaufnahme, nahaufnahme, schnappschuss, tiefenschärfe, schärfentiefe, produktfoto,
        produktfotografie, studioporträt, porträtfoto, studiofoto, langzeitbelichtung, filmkorn, makrofotografie,
        modefotografie, luftaufnahme, fotorealistischen, hyperrealistischer, hyperrealistischen, ultrarealistischer,
        ultrarealistischen, porträtfotografie, fotografische, studio porträt, studio portrait
    """,
    Role.PHOTO_HINT: """
        realistisch, realistische, kinoreif, filmisch, studiobeleuchtung, hauttextur, kamera, objektiv, werbefotografie,
        kinematografisch, kinematografische
    """,
    Role.DRAWN: """
        zeichnung, zeichnungen, gezeichnet, illustration, illustrationen, illustriert, skizze, gemälde, ölgemälde, aquarell,
        aquarelle, comicstil, zeichentrick, bleistiftzeichnung, tuschezeichnung, holzschnitt, linolschnitt, kupferstich,
        kinderbuch, bilderbuch, kinderbuchillustration, vektorgrafik, pixelkunst, karikatur, anime stil, kohlezeichnung,
        malerei, cartoon, handgezeichnet, handgezeichnete, handgezeichneter, handgezeichnetes, handgezeichneten, gezeichnete,
        gezeichneter, illustrierte, illustrierter, gemalt, gemalte
    """,
    Role.DRAWN_HINT: "niedlich, niedliche, handgemalt, stilisiert",
    Role.MARK: "logo, emblem, wortmarke, bildmarke, signet, wappen, firmenlogo, logoentwurf, app symbol",
    Role.TYPE: "schriftzug, kalligrafie, kalligraphie, typografie, wortmarke",
    Role.TYPE_HINT: "aufschrift, schrift, schriftart, überschrift, schlagzeile, beschriftet",
    Role.FINAL: "druckfertig, druckreif, endgültige fassung, endfassung, für den druck, in druckqualität",
    Role.FINAL_HINT: "hochauflösend, hochauflösende, hohe auflösung, hoher auflösung",
    Role.DRAFT: "schneller entwurf, grober entwurf, erster entwurf, nur ein entwurf",
    Role.SQUARE: "quadratisch, quadratisches, quadratische, quadrat",
    Role.WIDE: "querformat, breitbild, panorama, waagerecht",
    Role.TALL: "hochformat, hochkant, senkrecht, vertikal",
    Role.SUBJECT: "ein, eine, einen, einem, einer, zwei, drei, vier, fünf, mehrere, viele",
    Role.LIGHT: """
        licht, gegenlicht, sonnenlicht, mondlicht, kerzenlicht, schatten, dämmerung, sonnenuntergang, sonnenaufgang,
        beleuchtung, nebel, nacht
    """,
    Role.MATERIAL: """
        glas, holz, metall, stahl, gold, silber, marmor, stein, beton, leder, samt, seide, papier, keramik, wolle, eis, wasser
    """,
    Role.COMPOSITION: """
        vordergrund, hintergrund, weitwinkel, vogelperspektive, froschperspektive, seitenansicht, von oben, symmetrisch,
        zentriert
    """,
    Role.NOTHING: """
        hochgeladenen foto, hochgeladene foto, text prompt, dieses foto, fotoapparat, es steht, der mann steht, sie steht,
        er steht
    """,
    Role.UTTERS: "steht, auf dem steht, auf der steht, darauf steht",
    Role.CONNECTS: "und, der, die, das, des, zu, am, im",
    Role.STOPS: "im, auf, mit, über, unter, neben, aus, und, vor, an, am, in, das, der, die",
    Role.VAGUE: "das, der, die, ein, eine, dem, den, im, in, auf, am, es",
}
