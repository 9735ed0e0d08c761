"""French words."""

from routing.reading.roles import Role, Vocabulary

DENIALS = frozenset({"sans", "pas", "aucun", "aucune", "ni", "jamais"})

WORDS: Vocabulary = {
    Role.OPENS: """
        avec le texte, avec le mot, avec les mots, avec l'inscription, portant l'inscription, avec le nom, portant le nom,
        qui dit, intitulé, intitulée, avec le titre, avec le slogan, avec la mention, avec la phrase, on peut lire,
        où il est écrit, le mot, les mots
    """,
    Role.SAYS: """
        avec le texte, le texte, avec le mot, avec les mots, le mot, les mots, avec l'inscription, l'inscription,
        portant l'inscription, inscription, avec le nom, portant le nom, disant, qui dit, indiquant, qui indique, affichant,
        qui affiche, intitulé, intitulée, avec le titre, le titre, avec le slogan, le slogan, on peut lire, où l'on lit,
        où il est écrit, marqué, avec la mention, la mention, mention, légendé, avec la phrase, la phrase, le message,
        la lettre, le chiffre, la date, la devise
    """,
    Role.TITLES: """
        titre, sous titre, texte, slogan, accroche, légende, inscription, devise, mention, étiquette, phrase, message, prix,
        texte principal
    """,
    Role.NAMES: "appelé, appelée, nommé, nommée, pour, marque, boulangerie, café, entreprise, du nom de",
    Role.PLACES: "en haut, en bas, en dessous, au dessous, au centre, à gauche, à droite, au milieu, dans le coin",
    Role.BEARS: """
        enseigne, panneau, pancarte, affiche, affiches, poster, bannière, drapeau, logo, badge, écusson, étiquette, autocollant,
        t shirt, tasse, mug, bouteille, boîte, emballage, livre, couverture, magazine, journal, carte, carte de visite,
        carte postale, faire part, invitation, menu, ardoise, tableau noir, tableau, vitrine, devanture, camion, camionnette,
        tatouage, pierre tombale, gâteau, billet, ticket, infographie, écran, bulle, plaque, néon, mur
    """,
    Role.WRITTEN: """
        écrit, écrite, écrits, inscrit, inscrite, imprimé, imprimée, gravé, gravée, brodé, brodée, peint, peinte, en lettres,
        lettres, en majuscules, en haut, en bas, affiché, dessus, typographie
    """,
    Role.WORKS: """
        dans le style de, style de, à la manière de, inspiré de, inspirée de, inspiré par, du film, film, chanson, roman, série,
        le jeu, soi disant
    """,
    Role.MANNER: "style, esthétique, ambiance, atmosphère, effet, concept",
    Role.SPEAKS: "crie, murmure, demande, chante, répond, pense",
    Role.BUBBLES: "bulle, bulles, phylactère, dialogue",
    Role.LETTERLESS: """
        sans texte, aucun texte, pas de texte, sans lettres, sans écriture, sans mots, sans inscription, aucune écriture
    """,
    Role.PHOTO: """
        photo, photos, portrait studio, portrait en studio, photographie, photographié, photographiée, photoréaliste,
        photoréalisme, hyperréaliste, ultraréaliste, ultra réaliste, hyper réaliste, cliché, macrophotographie,
        profondeur de champ, flou d'arrière plan, argentique, photographie de produit, prise de vue, objectif 85 mm, pellicule,
        photoréalistes, hyperréalistes, photographique
    """,
    Role.PHOTO_HINT: "gros plan, réaliste, cinématographique, éclairage studio, objectif, texture de peau",
    Role.DRAWN: """
        illustration, illustrations, illustré, dessin, dessins, dessiné, dessinée, croquis, esquisse, peinture,
        peinture à l'huile, aquarelle, gouache, bande dessinée, dessin animé, encre de chine, gravure sur bois, linogravure,
        fusain, au pastel, livre pour enfants, vectoriel, vectorielle, caricature, pictural, coups de pinceau, style manga,
        pixel art
    """,
    Role.DRAWN_HINT: "mignon, mignonne, stylisé, stylisée",
    Role.MARK: "logo, emblème, monogramme, logotype, blason, identité visuelle",
    Role.TYPE: "lettrage, calligraphie, typographie, logotype",
    Role.TYPE_HINT: "enseigne, inscription, police de caractères, lettres",
    Role.FINAL: "version finale, image finale, prêt à imprimer, prête à imprimer, pour impression",
    Role.FINAL_HINT: "haute résolution, haute définition",
    Role.DRAFT: "brouillon, premier jet, esquisse rapide",
    Role.SQUARE: "format carré, image carrée, carré",
    Role.WIDE: "format paysage, à l'horizontale, horizontal, panoramique",
    Role.TALL: "format portrait, à la verticale, vertical, format vertical",
    Role.SUBJECT: "un, une, deux, trois, quatre, cinq, plusieurs",
    Role.LIGHT: "lumière, éclairage, contre jour, ombre, ombres, soleil, crépuscule, aube, nuit, brume, coucher de soleil",
    Role.MATERIAL: """
        verre, bois, métal, acier, doré, argent, marbre, pierre, béton, cuir, velours, soie, papier, céramique, laine, glace,
        eau
    """,
    Role.COMPOSITION: """
        premier plan, arrière plan, grand angle, vue de dessus, plongée, contre plongée, vue de face, symétrique, centré,
        centrée
    """,
    Role.NOTHING: "photo téléchargée, photo de référence, cette photo, livre de la, sans couleur",
    Role.UTTERS: "qui dit, on peut lire, où il est écrit",
    Role.CONNECTS: "de, la, le, les, du, des, et, au, aux, à",
    Role.STOPS: "dans, sur, avec, sous, en, et, au dessus, devant",
    Role.VAGUE: "le, la, les, un, une, de, du, des, en, ce, son, sa",
}
