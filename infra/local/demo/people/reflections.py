"""What people answer on Sundays, by theme in the order of our bank; to the rest they say nothing."""

WARM, DRY, QUIET, BRISK = range(4)
"""Four ways of answering in English: Ruth's, Callum's, Noor's, and that of Marcus and Priya."""
FROM_VALENCIA, FROM_MEXICO = range(2)

ENGLISH: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "noticing": (
        (
            "bedtime. nobody had to remind me, least of all me",
            "the stairs at the big site, all six floors",
            "falling asleep before midnight",
            "the standup without a third coffee",
        ),
        (
            "writing on the back step with a blanket",
            "on the roof in Partick, sun out, nobody shouting",
            "wednesday, tea before anyone was up",
            "saturday morning, kettle on, phone in a drawer",
        ),
        (
            "stopping the marking at eight",
            "walking past the lift",
            "leaving my phone in the kitchen when I'm on call",
            "saying no to the late meeting",
        ),
        (
            "that I breathe out when I pick up the pen",
            "that my knees have stopped clicking",
            "how loud the fridge is once the phone is gone",
            "that I'm less short with people after four",
        ),
    ),
    "help": (
        (
            "my daughter does the squats with me, so I can't skip",
            "leaving the van at the far end of the car park",
            "the lamp with the warm bulb, and a paper book",
            "the kettle. it takes exactly ten pushups",
        ),
        (
            "my daughter, she counts out loud",
            "the wee one asking if I'm puffed yet",
            "my sister, she texts the landline now",
            "my wife, she hides the good beans",
        ),
        (
            "right after dinner, before I sit down",
            "just after lunch, while I'm still moving",
            "ten at night, when the street goes quiet",
            "first thing, before anybody can ask me anything",
        ),
        (
            "the journal on my pillow. then I have to move it",
            "my good boots by the door",
            "the book on top of the charger",
            "one mug instead of the pot",
        ),
        (
            "parents evening, and then the sofa",
            "eating in the van",
            "three night shifts in a row",
            "release week. everything hot and urgent",
        ),
        (
            "thursday, I got home at nine and sat down with my coat on",
            "monday, two call-outs before lunch",
            "sunday, back from nights and upside down",
            "tuesday, five meetings and a sandwich",
        ),
        ("the news at breakfast", "the second helping of guilt", "the group chat, all of it", "half of my mondays"),
        (
            "two lines. even bad ones",
            "one flight. anybody can do one flight",
            "one page, or just hold the book",
            "one pushup. it still makes me laugh",
        ),
    ),
    "kindness": (
        (
            "I'd tell her she did plenty",
            "I'd tell him to eat a vegetable, and that he did fine",
            "that a week of nights counts double",
            "that one missed workout is one missed workout",
        ),
        (
            "that I kept going in report card week",
            "ringing my mum on the tuesday",
            "putting the phone out on the bad night",
            "walking round the block instead of sending that email",
        ),
        (
            "the missed sunday. it was one day",
            "calling myself lazy with a sore back",
            "about the reading. it isn't an exam",
            "about the third coffee. it was a funeral",
        ),
        ("time with grown-ups", "sleep, and a dry weekend", "daylight", "nothing in the calendar, just once"),
    ),
    "ahead": (
        (
            "because I want some of the day to be mine",
            "I'd like to keep up with the wee one at football",
            "because everything is easier after seven hours of sleep",
            "my dad's heart, if I'm honest",
        ),
        (
            "writing. I can see the whole shelf of notebooks",
            "climbing things",
            "reading in bed like my grandmother did",
            "being done at half six",
        ),
        (
            "a bit of quiet that nobody handed me",
            "I'm in a better mood at the tea table, apparently",
            "I dream again",
            "the afternoons are calmer",
        ),
        (
            "my class. they say I'm less of a monday person",
            "the dog, mostly",
            "my sister says I answer the phone nicer",
            "my wife noticed I fall asleep before she does",
        ),
        (
            "writing right after dinner",
            "the walk with the dog before work",
            "the tea on wednesday",
            "kettle, floor, ten, done",
        ),
        (
            "the journal. it wants a third line",
            "stairs, maybe the big site every day",
            "reading, it wants to be ten pages by itself",
            "pushups. twelve feels the same as ten",
        ),
        ("four days out of seven", "no call-outs at the weekend", "two nights in a row", "home by seven, three times"),
        (
            "that I read the old pages, and liked her",
            "that I nearly packed it in, and didn't",
            "that I finished a book",
            "that the new job may happen",
        ),
    ),
}

SPANISH: dict[str, tuple[tuple[str, str], ...]] = {
    "noticing": (
        ("el paseo del martes, sin paraguas y sin llover", "cerrar caja sin mirar el celular"),
        ("sentada junto al río, sin prisa", "en el patio, con el primer café"),
        ("salir sin el móvil", "quedarme quieto cinco minutos"),
        ("que vuelvo con la cabeza limpia", "que ya sé en qué se me va el dinero"),
    ),
    "help": (
        ("tener las zapatillas en la puerta", "que el local todavía esté en silencio"),
        ("mi madre, que se ha apuntado al paseo", "mi esposa, que me pregunta si ya medité"),
        ("justo después de comer, antes de sentarme", "antes de abrir, sin duda"),
        ("el vaso en la mesilla", "la libreta encima de la caja"),
        ("los martes, que tengo reunión hasta las cinco", "los lunes, con el proveedor"),
        ("levantarme de la mesa, lo demás viene solo", "sentarme, cuando hay gente esperando"),
        ("alguna reunión, seguro", "las noticias de la mañana"),
        ("diez minutos, aunque sea alrededor de la plaza", "respirar tres veces, eso siempre"),
    ),
    "kindness": (
        ("que no hace falta que sea perfecto", "que descanse, que el negocio aguanta un día"),
        ("de haber salido aquel jueves con frío", "de no haber contestado enojado"),
        ("en querer hacerlo todo el mismo día", "en las cuentas, no eran para tanto"),
        ("dormir un poco más", "un domingo entero"),
    ),
    "ahead": (
        ("porque quiero llegar bien a vieja", "por mis hijos, que lo ven todo"),
        ("pasear con mi madre", "dormir tranquilo con las cuentas claras"),
        ("un rato que es solo mío", "paciencia, sobre todo con los proveedores"),
        ("mi hija, dice que canto otra vez", "mi esposa, antes que yo"),
        ("el paseo por el río, aunque solo sean diez minutos", "los cinco minutos antes de abrir"),
        ("el paseo, quizá hasta el faro", "meditar, ya son ocho sin darme cuenta"),
        ("dos tardes sin reuniones", "cerrar a mi hora tres veces"),
        ("que ya no me lo tengo que pensar", "que por primera vez sobró algo"),
    ),
}
