"""Spanish words."""

from routing.reading.roles import Role, Vocabulary

DENIALS = frozenset({"sin", "no", "ningún", "ninguna", "ni", "nunca"})

WORDS: Vocabulary = {
    Role.OPENS: """
        que dice, que diga, con el texto, con la palabra, con las palabras, con la inscripción, con el nombre, con el título,
        titulado, titulada, con el lema, con el eslogan, con la frase, donde se lee, que reza, con el mensaje, con las letras,
        la palabra, con la fecha, con el letrero
    """,
    Role.SAYS: """
        que dice, que diga, dice, diciendo, que pone, con el texto, el texto, con la palabra, con las palabras, la palabra,
        las palabras, con la inscripción, la inscripción, con el nombre, el nombre, con el título, el título, titulado,
        titulada, con el lema, con el eslogan, el lema, con la frase, la frase, donde se lee, se lee, que reza, con el mensaje,
        el mensaje, con las letras, la letra, el número, con la fecha, la fecha, rotulado, rotulada, etiquetado, etiquetada,
        con el rótulo, con el letrero
    """,
    Role.TITLES: """
        título, subtítulo, texto, eslogan, lema, leyenda, etiqueta, inscripción, frase, mensaje, titular, encabezado, precio,
        texto principal
    """,
    Role.NAMES: "llamado, llamada, para, marca, panadería, cafetería, café, empresa, de nombre",
    Role.PLACES: """
        arriba, abajo, debajo, en la parte superior, en la parte inferior, en el centro, a la izquierda, a la derecha
    """,
    Role.BEARS: """
        letrero, letreros, cartel, carteles, rótulo, póster, pancarta, bandera, logotipo, logo, insignia, etiqueta, pegatina,
        camiseta, taza, botella, lata, caja, envase, libro, portada, cubierta, revista, periódico, tarjeta, tarjeta de visita,
        postal, invitación, menú, carta, pizarra, escaparate, fachada, camión, camioneta, furgoneta, tatuaje, lápida, pastel,
        tarta, billete, entrada, infografía, pantalla, bocadillo, placa, neón, muro, pared
    """,
    Role.WRITTEN: """
        escrito, escrita, escritas, impreso, impresa, grabado, grabada, bordado, bordada, pintado, pintada, en letras, letras,
        en mayúsculas, arriba, abajo, tipografía
    """,
    Role.WORKS: """
        al estilo de, estilo de, inspirado en, inspirada en, a la manera de, de la película, película, canción, novela, serie,
        el juego, llamado estilo
    """,
    Role.MANNER: "estilo, estética, ambiente, efecto, concepto, atmósfera",
    Role.SPEAKS: "grita, susurra, pregunta, canta, responde, piensa",
    Role.BUBBLES: "bocadillo, bocadillos, globo de diálogo, diálogo",
    Role.LETTERLESS: "sin texto, ningún texto, sin letras, sin palabras, sin escritura, sin rótulos, sin textos",
    Role.PHOTO: """
        foto, fotos, retrato de estudio, fotografía, fotográfico, fotográfica, fotorrealista, fotorrealismo, hiperrealista,
        ultrarrealista, ultra realista, hiper realista, primer plano fotográfico, profundidad de campo, desenfoque, selfie,
        selfi, instantánea, toma macro, macrofotografía, fotografía de producto, película analógica, ultrarrealistas,
        hiperrealistas, fotorrealistas, fotografías
    """,
    Role.PHOTO_HINT: "realista, cinematográfico, cinematográfica, iluminación de estudio, textura de piel, cámara, lente",
    Role.DRAWN: """
        ilustración, ilustraciones, ilustrado, ilustrada, dibujo, dibujos, dibujado, dibujada, boceto, pintura, pintura al óleo,
        óleo, acuarela, gouache, historieta, cómic, caricatura, dibujos animados, tinta china, xilografía, linograbado,
        carboncillo, libro infantil, cuento infantil, vectorial, estilo anime, pixel art, a lápiz
    """,
    Role.DRAWN_HINT: "tierno, tierna, estilizado, estilizada",
    Role.MARK: "logotipo, logo, emblema, monograma, isotipo, imagotipo, escudo",
    Role.TYPE: "logotipo, caligrafía, tipografía, rotulación",
    Role.TYPE_HINT: "letrero, inscripción, fuente tipográfica, letras, rótulo",
    Role.FINAL: "versión final, imagen final, listo para imprimir, lista para imprimir, para impresión",
    Role.FINAL_HINT: "alta resolución",
    Role.DRAFT: "borrador, boceto rápido, primer borrador",
    Role.SQUARE: "formato cuadrado, imagen cuadrada, cuadrado, cuadrada",
    Role.WIDE: "formato horizontal, en horizontal, horizontal, apaisado, apaisada, panorámica",
    Role.TALL: "formato vertical, en vertical, vertical",
    Role.SUBJECT: "un, una, dos, tres, cuatro, cinco, varios, varias, muchos, muchas",
    Role.LIGHT: "luz, iluminación, contraluz, sombra, sombras, atardecer, amanecer, noche, niebla, reflejos",
    Role.MATERIAL: """
        vidrio, cristal, madera, metal, acero, oro, plata, mármol, piedra, hormigón, cuero, terciopelo, seda, papel, cerámica,
        lana, hielo, agua
    """,
    Role.COMPOSITION: """
        primer plano, fondo, gran angular, vista aérea, vista lateral, contrapicado, picado, simétrico, simétrica, centrado,
        centrada
    """,
    Role.NOTHING: "foto subida, foto de referencia, esta foto, sin color",
    Role.UTTERS: "que dice, que diga, donde se lee, que reza",
    Role.CONNECTS: "de, la, el, los, las, y, del, al",
    Role.STOPS: "en, con, sobre, bajo, junto, y, encima",
    Role.VAGUE: "el, la, los, las, un, una, de, del, en, su",
}
