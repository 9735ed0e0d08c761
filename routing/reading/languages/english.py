"""English words that speak of lettering, of intent, of shape and of detail. The look has a table of its own."""

from routing.reading.roles import Role, Vocabulary

DENIALS = frozenset({"no", "not", "without", "never", "avoid", "zero", "non", "exclude", "omit", "isn", "don", "nor"})

WORDS: Vocabulary = {
    Role.OPENS: """
        says, saying, that says, which says, says only, reads, that reads, which reads, reading, to read, it reads,
        text reading, text saying, text that says, text that reads, sign saying, sign reading, the word, the words,
        the single word, is written, the letter, the letters, the number, the numbers, the digit, the digits, the text, with text,
        with the text, the phrase, the message, the slogan, the tagline, the motto, captioned, the caption, with the caption,
        titled, entitled, the title, with the title, headlined, the headline, with the headline, subtitled, the subtitle,
        the inscription, inscribed, inscribed with, engraved with, emblazoned with, stamped with, embroidered with,
        printed with, labelled, labeled, labelled with, labeled with, labelled as, labeled as, lettered, lettered with,
        spelling, spelling out, spells, spells out, spelled out, that spells, which spells, to spell, spell out, with the name,
        with the names, bearing the name, bearing the words, the name of the shop, with the words, with the word,
        with the phrase, with the message, with the date, with the initials, with the number, with the letters, with the slogan,
        the initials, announcing, proclaiming, declaring, written text, the brand name, with the brand name, the date, dated,
        the username, the hashtag
    """,
    Role.SAYS: """
        say, read, stating, states, states that, word, words, letter, letters, number, numbers, digits, phrase, the quote,
        the saying, inscription, name tag, marked, marked with, spelled, spelt, with writing, written with, announces, announce,
        proclaims, declares, displaying, displays, display the text, shows the text, the lettering, signature, signed,
        the dates, the year, the url, initials, monogrammed, write, writes, write the text, add the text, text overlay,
        with the logo, poster introduces, banner introduces, text introduces, headline introduces, the watermark, the
        sign, speech bubble, thought bubble, a button, the chant, the acronym,
        featuring the text, containing the words, explains, explaining, phrases like, phrases such as, words like, words such as,
        messages like, quotes like, sayings like, slogans like, labels like, labels such as, notes like
    """,
    Role.TITLES: """
        text, texts, title, titles, main title, headline, headlines, heading, header, subheading, subheader, subheadline,
        subline, subtitle,
        sub title, tagline, taglines, tag line, slogan, slogans, key slogans, motto, mottos, caption, captions, message, quote,
        quotes, sayings, label, labels, inscription, wording, copy, footer, cta, call to action, byline, body text, small text,
        supporting text, subtext, bottom text, top text, main text, text overlay, overlay text, text content, exact text,
        brand name, store name, shop name, product name, sign text, logo text, image text, offer, discount, price, price tag,
        hashtag, website, url, phrases, nameplate, lettering, typography, type, badge text, speech bubble, dialogue, dialog,
        statement, paragraph, tag, line 1, line 2, line 3, line 4, line 5, line 6, line 7,
        line 8, line 9, first line, second line, third line, last line, supporting line, secondary line, second line, sub line,
        small line,
        text box, large text, big text, signature, word, single word, copy text, text to include, sign text,
        printed text, these lines, the following lines, the following text, these words,
        the words, name tag, sticker text, display text, logotype, wordmark, poster text, banner text, cover text, card text,
        annotations, annotation, catchphrase, handwritten notes, handwritten note, handwritten style notes, handwritten text,
        handwritten labels, text labels, text callouts, text annotations, callout labels, onomatopoeia
    """,
    Role.HOLDS: """
        include, includes, including, featuring, features, showing, shows, containing, contains, lists, adorned with,
        elements like, elements such as, highlight,
        highlights
    """,
    Role.NAMES: """
        called, named, by the name of, brand, company, business, name, for, startup, restaurant, agency, studio, store, shop,
        cafe, bakery, club, band, festival
    """,
    Role.PLACES: """
        at the top, at the bottom, on top, below it, beneath it, underneath it, underneath, above it, below, top left,
        top right, bottom left, bottom right, upper left, upper right, lower left, lower right, top center, top centre,
        bottom center, bottom centre, left side, right side, in the corner, on the left, on the right, in the center,
        in the centre, in the middle, top text, bottom text, above, beneath, displayed, visible, clearly visible, on the front,
        on the back, across the top, across the bottom
    """,
    Role.BEARS: """
        sign, signs, signage, signboard, signpost, road sign, street sign, shop sign, neon sign, neon, billboard, billboards,
        placard, placards, poster, posters, movie poster, flyer, flyers, leaflet, brochure, banner, banners, flag, pennant,
        badge, badges, emblem, crest, seal, sticker, stickers, label, labels, tag, logo, logos, wordmark, icon, app icon,
        t shirt, t shirts, tshirt, shirt, tee, hoodie, sweatshirt, jersey, cap, hat, tote bag, mug, mugs, cup, bottle, soda can,
        tin can, beer can, spray can, box, packaging, package, jar, tin, book, book cover, cover, album cover, game case,
        video game case, video game cover, game cover, box art, dvd cover, magazine, magazine cover, newspaper, front page,
        page, notebook, letter, card, cards, business card, greeting card, postcard, invitation, invitations,
        wedding invitation, ticket, tickets, stamp, certificate, menu, receipt, chalkboard, blackboard, whiteboard, board,
        notice, notice board, bulletin board, window, storefront, shopfront, shop front, store front, awning, marquee, truck,
        van, bus, tattoo, graffiti, mural, plaque, nameplate, name plate, license plate, licence plate, number plate,
        gravestone, tombstone, headstone, cake, cookie, scroll, screen, screens, slide, slides, infographic, diagram, chart,
        map, timeline, website, landing page, homepage, app screen, interface, user interface, dashboard, thumbnail, meme,
        comic, comic strip, speech bubble, speech bubbles, thought bubble, bubble, text box, button, buttons, keyboard, keycap,
        title card, title screen, storyboard, scoreboard, skywriting, balloon, ad, advertisement, advertisements, campaign, pin,
        enamel pin, medal, coin, trophy, wristband, ribbon, panel, panels, typography, lettering, calligraphy, font, wall,
        brick wall, fireworks, crosswalk, road, sidewalk, door, display, presentation, letterhead, monogram, words, text,
        headline, lines, two lines, noticeboard, note, notes, sticky note, plate, chest plate, crate, parcel, envelope, license,
        keycaps, paper, sheet of paper, piece of paper, whiteboards, name badge, wrapper
    """,
    Role.WRITTEN: """
        written, is written, are written, in writing, handwritten, hand written, printed, painted, engraved, carved, etched,
        embroidered, stitched, stamped, lettered, inscribed, spelled, scrawled, scribbled, tattooed, embossed, displayed,
        appears, appear, lettering, in letters, letters, in bold, bold, in large, in small, in big, in capital letters,
        in capitals, all caps, uppercase, in uppercase, typography, font, typeface, in script, in cursive, cursive, in serif,
        serif, sans serif, in neon, text, wordmark, logotype, caption, headline, title, subtitle, slogan, tagline, on it,
        on them, at the top, at the bottom, in the centre, in the center, across the top, across the bottom, above, below,
        underneath, beneath, at the upper left corner, at the upper right corner, at the lower left corner,
        at the lower right corner, at the center of the image, at the centre of the image, at the left of the image,
        at the right of the image, in the corner, visible, clearly visible, on the front, on the back, emblazoned, branding,
        in chalk,
        in icing, in graffiti, written with, printed with, painted with, engraved with, stamped with, embroidered with,
        lettered with, inscribed with
    """,
    Role.WORKS: """
        in the style of, style of, in the manner of, inspired by, based on, reminiscent of, similar to, homage to, tribute to,
        from the movie, from the film, from the game, from the series, from the show, from the book, from the novel,
        from the anime, movie, film, song, novel, series, tv show, tv series, the show, anime, video game, videogame, the game,
        franchise, scene from, character from, a scene of, scene of, as seen in, like in, aesthetic of, aesthetics of,
        atmosphere of,
        spirit of, vibe of, vibes of, look of, feel of, mood of, concept of, idea of, theme of, feeling of, sense of,
        known from, so called, dressed as, disguised as, in the role of, think, music of, poem, genre, movement, trend,
        the famous, famous painting, technique, infer, inferred, nicknamed, dubbed, aka, cosplay, play, fusion of, introduces,
        introducing, on the topic of, essence
        of, looks like,
        look like, resembling, as in, known as, just like, first page of, opening page of, episode of, chapter of, to be, as if,
        theme
    """,
    Role.MANNER: """
        style, styled, style of, aesthetic, aesthetics, vibe, vibes, mood, look, feel, feeling, effect, concept, energy, theme,
        themed, inspired, esque, like, realism, pose, expression, genre, technique, movement, approach, philosophy, atmosphere,
        core, franchise, movie, film, song, fame, ish, lighting, preset, filter, texture, textures
    """,
    Role.SPEAKS: """
        said, asks, asking, asked, shouts, shouting, yells, yelling, whispers, whispering, thinks, thinking, screams, screaming,
        exclaims, sings, singing, replies, tells, telling, as if saying, as if to say, seems to say, i want, exclaim, shout,
        whisper
    """,
    Role.BUBBLES: """
        speech bubble, speech bubbles, thought bubble, thought bubbles, speech balloon, speech balloons, comic, comic strip,
        comic page, comics, dialogue, dialog, subtitles, subtitle, caption, captions, text bubble, manga page, meme, chat,
        chat bubble
    """,
    Role.LETTERLESS: """
        textless, text free, wordless, letterless, free of text, devoid of text, no text, without text, zero text, no words,
        without words, no lettering, without lettering, no letters, without letters, no typography, without typography,
        no writing, without writing, no text anywhere, no readable text, no visible text, without any text, no captions,
        text none, remove all text, do not include text, do not include any text, do not add text, don't add text,
        don't include text, not include any text
    """,
    Role.NOTHING: """
        no other text, no extra text, no additional text, no other words, no more text, no text except, no text other than,
        no random text, no gibberish text, no extra words, no misspelled text, no text errors, stop sign, peace sign, v sign,
        yin yang, sign language, signs of, zodiac sign, star sign, dollar sign, text prompt, text box style, box office,
        cover the, book shelf, book shelves, comic book store, play button, watch cap, baseball cap, profile icon,
        icon portrait, pop up book, sketch book, sketchbook, name of the person, letter size, context, types of, type of,
        a kind of, street art, state of the art, work of art, art gallery, card game, playing cards, window light,
        in other words, in a word, words of, the reading, reading flow, reading order, reading glasses, reading room,
        reading nook, reading lamp, reading chair, reading level, reading app
    """,
    Role.TYPE: """
        logo, logos, logotype, wordmark, word mark, monogram, lettermark, lettering, hand lettering, hand lettered, typography,
        typographic, calligraphy
    """,
    Role.TYPE_HINT: """
        badge, badges, emblem, signage, signboard, neon sign, shop sign, slogan, tagline, headline, caption, font, fonts,
        typeface, serif, sans serif, letterhead, business card, title card, name tag, the word, the words, the text,
        the letters, that says, that reads, which says, which reads, sign saying, sign reading, text saying, text reading,
        lettered, spelling out, spelled out
    """,
    Role.FINAL: """
        final version, final image, final picture, final artwork, final art, final render, final print, final piece,
        final asset, print ready, for print, for printing, print quality, print resolution, production ready, camera ready
    """,
    Role.FINAL_HINT: "high res, hi res, high resolution, full resolution",
    Role.DRAFT: """
        quick draft, rough draft, first draft, just a draft, draft version, quick look, rough idea, quick mockup, thumbnail idea
    """,
    Role.SQUARE: """
        square format, square image, square picture, square composition, square canvas, square crop, square aspect ratio,
        square, avatar, profile picture
    """,
    Role.WIDE: """
        landscape format, landscape orientation, landscape mode, horizontal, horizontal format, wide format, widescreen,
        wide screen, panorama, panoramic, banner format, desktop wallpaper, website header, hero banner, youtube thumbnail,
        letterbox
    """,
    Role.TALL: """
        portrait format, portrait orientation, portrait mode, vertical, vertical format, tall format, upright format,
        phone wallpaper, mobile wallpaper, smartphone wallpaper, instagram story, story format, full length poster
    """,
    Role.SUBJECT: "a, an, two, three, four, five, six, seven, eight, nine, ten, several, many, some",
    Role.LIGHT: """
        light, lighting, lit, backlit, rim light, sunlight, sunlit, moonlight, candlelight, golden hour, blue hour, sunset,
        sunrise, dusk, dawn, shadow, shadows, glow, glowing, neon, volumetric, caustics, reflections, reflection, highlights,
        haze, fog, overcast, noon, night
    """,
    Role.MATERIAL: """
        glass, wood, wooden, metal, metallic, steel, chrome, brass, copper, gold, golden, silver, marble, stone, concrete, clay,
        ceramic, porcelain, leather, velvet, silk, linen, cotton, wool, felt, fur, paper, cardboard, plastic, rubber, wax, ice,
        water, liquid, crystal, fabric, denim, lace, bronze, brick, texture, textured, glossy, matte, translucent, transparent,
        iridescent
    """,
    Role.COMPOSITION: """
        foreground, background, midground, close up, closeup, wide shot, wide angle, low angle, high angle, bird's eye,
        top down, overhead, flat lay, side view, front view, rear view, three quarter, centred, centered, symmetrical,
        rule of thirds, negative space, full body, half body, macro, depth of field, perspective, isometric, grid, split,
        collage, panel, panels, diptych, triptych, layout
    """,
    Role.UTTERS: """
        says, saying, that says, which says, says only, reads, that reads, which reads, reading, sign saying, sign reading,
        text saying, text reading, text that says, text that reads, spelling, spelling out, lettered, labelled, labeled
    """,
    Role.CONNECTS: "of, the, and, &, to, a, for, at, on, or, i, 's, n', +, -, –, x, ×",
    Role.STOPS: """
        in, on, with, at, above, below, under, underneath, beneath, next, near, beside, behind, hanging, while, as, over,
        across, inside, outside, into, onto, by, from, made, using, against, around, through, and, but, where, when,
        written, painted,
        printed, carved, glowing, mounted, standing, is, are, was
    """,
    Role.VAGUE: """
        the, a, an, something, anything, what, who, whatever, how, it, its, that, which, about, in, on, at, like, to, his, her,
        their, this, these, those, with, from, of, and, is, are, was, for, as, out, text, words, name, names, one, two,
        three, book, books, newspaper, newspapers, magazine, letter, letters, clearly, exactly, only, your, should, must, can,
        will, has, itself, here, below, above, may, being, made, carefully, intently, attentively, quietly, silently, aloud,
        closely, peacefully, together, alone, while
    """,
    Role.DESCRIBES: """
        bold, italic, serif, sans, font, fonts, typeface, typography, elegant, clean, modern, minimal, minimalist, large, small,
        centered, centred, readable, legible, handwritten, style, layout, placed, none, add, use, place, include, make, color,
        colour, white, black, gold, visible, optional, overlay, text, title, same, must, should, positioned, aligned, rendered,
        exactly, short, name, names, only, japanese, chinese, korean, english, french, german, spanish, italian, arabic,
        russian, hindi, latin, kanji, hangul, cyrillic, gothic, victorian, helvetica, futura, arial, times, roman, garamond
    """,
    Role.ABBREVIATES: """
        3D, 2D, 4K, 8K, 16K, HD, UHD, HDR, CGI, DSLR, SLR, RAW, RGB, CMYK, UI, UX, AI, VFX, LED, LCD, CRT, TV, VHS, USA, UK, US,
        EU, UN, NYC, LA, NASA, FBI, CIA, NBA, NFL, FIFA, BMW, IKEA, LEGO, DNA, PBR, VR, AR, PNG, JPG, JPEG, SVG, PDF, CEO, DJ,
        ID, IV, III, II, PVC, ABS, SUV, GPS, USB, CCTV, DIY, ISO, NSFW, SFW, OLED, QR, HTML, CSS, JSON, SQL, GTA, RTX, UE5, UPA,
        GIF, TVC, BBC, HUD, POV, ASMR, TCG, URL, SCI, PPT, B2B, B5, A4, A3, A5, OK, IMAX, BW, B&W, V2, CTA, SNS, IP, GPT, MJ, TOC,
        SD, SDXL, AND, OR, FROM, WHERE, SELECT, ORDER, BY, DESC, LIMIT, NOT, NO, DO, MUST, ONLY
    """,
}
