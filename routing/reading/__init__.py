"""Reading a prompt: from its words alone to what is to be drawn, by rules, the same every time.

script       the prompt as a person would see it: placeholders filled in, escapes undone, every character traceable
languages/   what words say, one table per language; ``roles`` are what they can say
cues         where those words stand in a script
marks        what stands in quotation marks
verdicts     which of that is lettering, by the ``voices`` around it and the ``fields`` it stands in
unquoted     lettering that nobody quoted: after ``headings``, ``listed``, ``greetings``, in ``ideographs``, by its ``phrases``
wishes       lettering asked for without its words
texts        all put in order, each text once
look, shape, formats, complexity, intents    the rest, each from the same cues; ``asides`` are words for a look that ask for none
evidence     what of the prompt speaks for which of it, and why
"""
