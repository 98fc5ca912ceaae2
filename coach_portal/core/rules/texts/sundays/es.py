"""Spanish."""

from coach_portal.core.rules.texts.language import Picturing, Supporting, Weekly

QUESTIONS: dict[str, tuple[str, ...]] = {
    "noticing": (
        "¿Qué cosa pequeña te fue mejor de lo que esperabas?",
        "¿En qué momento de la semana te sentiste bien contigo?",
        "¿Qué hiciste esta semana que antes te costaba?",
        "¿De qué te diste cuenta esta semana?",
        "¿Qué momento de esta semana te quieres guardar?",
        "¿Qué te sale ya casi sin pensar?",
        "¿Qué hiciste esta semana sin tener que convencerte?",
        "¿Qué te sorprende de ti esta semana?",
        "¿En qué lugar estabas cuando fue sencillo?",
        "¿Qué te dijo el cuerpo esta semana?",
        "¿Qué disfrutaste sin gastar nada?",
        "¿Qué fue distinto esta semana, aunque sea un poco?",
        "¿A qué dijiste que no, y te hizo bien?",
    ),
    "help": (
        "¿Qué te ayuda cuando las cosas salen bien?",
        "¿Quién te echa una mano, tal vez sin saberlo?",
        "¿Qué hora te resulta mejor?",
        "¿Qué puedes dejar listo esta noche para que mañana cueste menos?",
        "¿Qué se te puso en contra esta semana?",
        "¿Qué parte te cuesta de verdad?",
        "¿Qué puedes quitar la semana que viene sin que pase nada?",
        "¿Qué puedes hacer incluso en tus peores ratos?",
        "¿Qué primer paso es tan chico que no cuesta nada?",
        "¿Qué te lo recuerda sin que nadie diga nada?",
        "¿En qué lugar te cuesta menos empezar?",
        "¿Qué puede hacer alguien por ti la semana que viene?",
        "¿Qué haces justo antes de que salga bien?",
    ),
    "kindness": (
        "Si alguien a quien quieres tuvo una semana como la tuya, ¿qué le dices?",
        "¿De qué te alegras, aunque nadie lo sepa?",
        "¿En qué te exigiste de sobra?",
        "¿Qué te hizo falta esta semana?",
        "¿Qué te pesa esta semana, y qué te sostiene un poco?",
        "¿Qué es suficiente para mañana?",
        "¿Qué quieres soltar por un tiempo?",
        "¿A quién le puedes contar la semana tal como fue?",
        "¿Gracias a qué llegaste hasta hoy?",
        "¿Qué parte de la semana no estaba en tus manos?",
        "¿Qué te hizo bien, aunque fuera un rato?",
        "¿Qué le pides a la semana que viene para que sea amable?",
        "¿Qué puede esperar sin que pase nada?",
    ),
    "ahead": (
        "¿Por qué te importa esto ahora?",
        "¿Qué quieres seguir haciendo dentro de un año?",
        "¿Qué ganas con esto que no se ve a simple vista?",
        "¿Quién lo nota cuando te cuidas?",
        "¿Qué vale la pena repetir la semana que viene?",
        "¿Qué meta quieres hacer crecer un poco?",
        "¿Qué tiene que pasar para que sea una buena semana?",
        "¿Qué quieres contar primero cuando hables con tu coach?",
        "¿Qué te alegra de la semana que viene?",
        "¿Para qué quieres tener un poco de espacio?",
        "¿Qué te va saliendo cada vez mejor?",
        "Si tu siguiente paso tiene que caber en dos minutos, ¿qué haces?",
        "¿Qué momento de la semana que viene te pide calma?",
    ),
}

WEEKLY = Weekly(
    week=("Tu semana, {client}: {rows}.", "{client}, esta fue tu semana: {rows}.", "La semana en breve: {rows}."),
    first_row="{title} {done} de {days}",
    row="{title} {done} de {days}",
    total="{done} de {days} en total",
    own_win="un logro tuyo",
    own_wins="{count} logros tuyos",
    quiet=(
        "Una semana tranquila, {client}. Pasa, y nada se pierde.",
        "Nada anotado esta semana, {client}, y no pasa nada.",
        "Una semana tranquila, y vale igual.",
    ),
    quiet_before=("Las {count} veces de las semanas anteriores siguen contando.", "Lo que hiciste antes, hecho queda."),
    better=("Supera a tus semanas anteriores.", "Esta semana va por delante de las anteriores."),
    steady=("A tu ritmo, como en las semanas anteriores.", "Como en tus semanas anteriores."),
    smaller=("Fue menos que otras semanas, y cuenta igual.", "Menos que otras veces, y no pasa nada."),
    begun_again=("Y empezaste de nuevo.", "Lo retomaste."),
    quote='En tus palabras: "{quote}".',
    quote_before='Hace una semana escribiste: "{quote}".',
    picture="En imagen: {link}",
    did=frozenset({"hice", "hecho", "hecha", "hechos", "hechas", "listo", "lista", "cumplí", "cumpli", "logré"}),
    heavy=frozenset({
        "nunca", "odio", "peor", "fatal", "horrible", "sola", "llorar", "lloro", "triste",
        "tristeza", "ansiedad", "agobio", "culpa", "fracaso", "rota", "roto", "perdida", "perdido", "entierro",
        "funeral", "divorcio", "despido", "borracho", "borracha", "recaí", "recai", "imposible", "harta", "harto",
        "agotada", "agotado", "hundida", "hundido", "inútil", "inutil", "tonta", "tonto", "miedo",
    }),
)  # fmt: skip

PICTURING = Picturing(
    title="La semana de {client}",
    title_alone="Tu semana",
    within_month="Del {first} al {last} de {month}",
    across_months="Del {first} de {month} al {last} de {last_month}",
    day_letters="LMXJVSD",
    tally="{done} de {days}",
    own_wins="Logros tuyos",
    quiet="Una semana tranquila. Nada se ha perdido.",
)

SUPPORTING = Supporting(
    may_they=(
        "Hola, {client}. ¿Puede {supporter} recibir cada semana un mensaje con lo que cumpliste? Solo "
        "cifras, nada de lo que escribes. Responde SI o NO. Lo terminas cuando quieras: FIN DE COMPARTIR."
    ),
    shared="Vale. Ahora se lo pregunto a {supporter}, que tiene que aceptar. Para terminarlo: FIN DE COMPARTIR.",
    not_shared="Vale, {supporter} no recibe nada.",
    no_longer="Hecho. {supporter} ya no recibe tus semanas.",
    cannot="No he podido leerlo. Prueba con: compartir Ana +34600111222",
    invitation=(
        "{practice}: hola, {supporter}. {client} quiere que veas cada semana su avance, en un mensaje breve. "
        "Responde SI para aceptar. Puede haber cargos de SMS y datos. STOP o BAJA: fin. AYUDA: ayuda."
    ),
    agreed="Gracias. Cada semana recibes la de {client}. Si respondes con una frase, le llega. STOP: fin.",
    week="La semana de {client}: {rows}. Si respondes con una frase, le llega con su siguiente pregunta. STOP: fin.",
    quiet="{client} tuvo una semana tranquila. Una frase tuya le llega con su siguiente pregunta. STOP: fin.",
    days="{done} de {days} veces hecho",
    own_win="un logro propio",
    own_wins="{count} logros propios",
    taken="Gracias. Tu frase le llega a {client} con la siguiente pregunta.",
    line='{supporter} te escribe: "{line}".',
    yes=frozenset({"si", "sí", "s", "yes", "vale", "claro", "ok", "si por favor", "sí por favor"}),
    no=frozenset({"no", "no gracias", "mejor no"}),
    share=frozenset({"compartir", "share"}),
    end=frozenset({"fin de compartir", "dejar de compartir", "end sharing", "stop sharing"}),
)
