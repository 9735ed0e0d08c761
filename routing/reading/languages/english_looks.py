"""English words that speak for a look."""

from routing.reading.roles import Role, Vocabulary

WORDS: Vocabulary = {
    Role.PHOTO: """
        photo, photos, photograph, photographs, photographed, photography, photographic, photoshoot, photo shoot, photorealism,
        photorealistic, photoreal, photo realistic, photo real, realistic photo, realistic image, realistic picture,
        highly realistic, studio portrait, fashion portrait, raw photo, hyperrealistic, hyper realistic, hyperreal, hyper real,
        hyperrealism, ultra realistic, ultrarealistic, ultra photorealistic, ultra real, lifelike, true to life,
        realistic style, headshot, selfie, mirror selfie, product shot, product photography, candid shot, close up shot,
        macro shot, aerial shot, studio shot, drone shot, dslr, slr, mirrorless, medium format, full frame, viewfinder,
        telephoto, fisheye, fish eye, macro lens, wide angle lens, prime lens, lens flare, depth of field, shallow focus, bokeh,
        long exposure, double exposure, shutter speed, motion blur, film grain, shot on, shot on film, analog film,
        analogue film, 35mm film, film still, movie still, cinematic still, polaroid, kodak, portra, fujifilm, leica,
        hasselblad, canon eos, nikon, sony a7, iphone photo, shot on iphone, gopro, daguerreotype, 14 mm, 16 mm, 24 mm, 28 mm,
        35 mm, 40 mm, 50 mm, 70 mm, 85 mm, 100 mm, 105 mm, 135 mm, 200 mm, 300 mm, 400 mm, f/1.2, f/1.4, f/1.8, f/2, f/2.0,
        f/2.8, f/4, f/4.0, f/5.6, f/8, f/8.0, f/11, f/16, f/22, iso 50, iso 100, iso 200, iso 400, iso 800, iso 1600, iso 3200,
        cctv, surveillance footage, footage, documentary style, photojournalism, real people, real person, live action,
        real individuals, focus on realism, emphasis on realism, emphasizing realism, exquisite realism, with realism,
        on an iphone, with an iphone, candid snapshot, a snapshot from a disposable camera, snapshot photo, amateur snapshot,
        quick snapshot,
        street snapshot, digital camera, taken with a phone, taken on a phone, shot with a phone, shot on a phone
    """,
    Role.PHOTO_HINT: """
        realistic, cinematic, realism, editorial, fashion editorial, studio lighting, softbox, skin texture, pores,
        natural skin, camera, lens, documentary, candid, in focus, sharp focus, color grading, colour grading, film, commercial,
        advertising, advertisement, product, macro, portrait, golden hour, streetstyle, close up, high speed, model, iphone,
        snapshot, surveillance, full body shot, outdoor shot, medium shot, wide shot, low angle shot, eye level shot,
        shot captures
    """,
    Role.DRAWN: """
        illustration, illustrations, illustrated, illustrate, drawing, drawings, drawn, hand drawn, sketch, sketches, sketched,
        doodle, doodles, cartoon, cartoons, cartoonish, cartoon style, comic, comics, comic book, comic strip, graphic novel,
        manga, anime, storybook, picture book, children's book, caricature, chibi, kawaii, ghibli, pixar, disney, dreamworks,
        claymation, watercolour, watercolor, watercolours, watercolors, gouache, oil painting, oil paint, oil on canvas,
        acrylic painting, painting, paintings, painted by, painterly, fresco, digital art, digital painting,
        digital illustration, impressionist, impressionism, cubism, cubist, expressionist, pointillism, surrealist painting,
        pop art, portrait painting, pencil drawing, pencil sketch, coloured pencil, colored pencil, charcoal, charcoal drawing,
        pastel drawing, crayon, crayons, chalk drawing, colored chalk, coloured chalk, chalk art, line drawing, line art,
        lineart, linework, ink drawing, ink wash, ink painting, chinese ink, pen and ink, linocut, woodcut, woodblock, etching,
        engraving style, lithograph, screen print, risograph, ukiyo e, art nouveau, art deco poster, brush strokes,
        brushstrokes, brush painting, vector, vector art, vector illustration, flat colour, flat color, flat design, clip art,
        clipart, pixel art, 8 bit, 16 bit, concept art, low poly, cel shaded, cel shading, stickers, 2d animation, animated,
        animation, coloring page, colouring page, colouring book, coloring book, 3d cartoon, 3d character, 3d chibi,
        3d animation, 3d animated, storyboard, emoji, emote, mascot, artstation, deviantart, pixiv, matte painting, comic page,
        manga page, manga panel, engraving, wood engraving, acrylic paint, acrylic paints, acrylics, watercolor paints,
        sticker design, sticker set, sticker style, sticker pack, sticker sheet, die cut sticker, vinyl sticker
    """,
    Role.DRAWN_HINT: """
        cute, whimsical, isometric, toy, 3d render, 3d rendering, 3d, 2d art, 2d game, art assets, octane, unreal engine,
        blender, stylized, stylised, diorama, minimalist, flat, outlines, bold outlines, fantasy, halftone, fairy tale,
        tapestry, stained glass, mosaic, mural, papercraft, paper cut, origami, clay, plush, felt, knitted, lego, figurine,
        retro, vintage, art style, by greg rutkowski, artgerm, wlop, alphonse mucha, van gogh, picasso, in the style of,
        pastel colors, pastel colours, sticker
    """,
    Role.MARK: """
        logo, logos, logotype, wordmark, word mark, lettermark, monogram, emblem, brand mark, brandmark, insignia, app icon,
        icon, icon set, favicon, coat of arms, logo design, badge, enamel badge, crest
    """,
    Role.NOTHING: """
        uploaded photo, uploaded photos, attached photo, attached photos, reference photo, reference photos, provided photo,
        original photo, source photo, input photo, my photo, this photo, the photo, your photo, photo i uploaded,
        photo reference, uploaded image, photo album, photo frame, photo booth, photo studio, holding a camera, taking a photo,
        taking photos, taking a selfie, a photo of me, paintings on the wall, painting on the wall, photos on the wall,
        photo on the wall, two paintings, framed photo, framed painting, painting studio, painting a, painting the,
        drawing board, drawing attention, no cgi, cartoon network, comic book store, reading a comic book, comic book shop,
        comic relief, drawing inspiration, draws inspiration, painting on an easel, vector field, animated expression,
        animated conversation, animated discussion, iphone case, iphone screen, holding an iphone,
        photo realistic rendering of a logo, cover photo, photo wall, camera angle, camera movement, looking at the camera,
        look at the camera, at the camera, at camera, facing the camera, toward the camera, towards the camera, brand icon,
        icons, icon style, uploaded logo, company logo, brand logo, product logo, their logo, its logo, the logos, brand's logo,
        social media icons, car emblem, this illustration, this drawing, this painting, this sketch, the sketch,
        wireframe sketch, rough sketch, uploaded sketch, uploaded illustration, uploaded drawing, attached illustration,
        attached drawing, framed paintings, framed watercolor painting, framed oil painting, a framed drawing,
        framed photographs, clearly illustrated
    """,
}
