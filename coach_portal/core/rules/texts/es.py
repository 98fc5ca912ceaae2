"""Spanish, as it is understood on both sides of the ocean; tú.

Á, í, ó and ú are not in GSM-7, so our own sentences are made of words that do without them; none is misspelt for it.
"""

from coach_portal.core.rules.texts.habits.es import GROWING, WISHING
from coach_portal.core.rules.texts.language import (
    Agreeing,
    Answering,
    Asking,
    Caring,
    DayWords,
    Grammar,
    Holding,
    Language,
)
from coach_portal.core.rules.texts.sundays.es import PICTURING, QUESTIONS, SUPPORTING, WEEKLY

GRAMMAR = Grammar(
    and_="y",
    and_shift=("h?[ií](?![aeou])", "e"),
    or_="o",
    more="otras {count}",
    part="{amount} de {whole}",
    decimal=",",
    units={
        "min": ("minuto", "minutos", "min"), "h": ("hora", "horas", "h"), "s": ("segundo", "segundos", "s", "seg"),
        "page": ("página", "páginas", "pagina", "paginas", "hoja", "hojas"), "step": ("paso", "pasos"),
        "glass": ("vaso", "vasos"), "cup": ("taza", "tazas"), "litre": ("litro", "litros", "l"), "ml": ("ml", "ml"),
        "km": ("km", "km", "kilómetros", "kilometros"), "mile": ("milla", "millas"),
    },
    cues=frozenset({
        "después", "despues", "antes", "cuando", "al", "tras", "mientras", "apenas", "a", "en", "durante", "cada",
        "con", "por", "entre", "desde", "hasta", "luego", "siempre", "de", "recién", "recien",
    }),
    limits=frozenset({
        "máximo", "maximo", "máx", "max", "tope", "menos", "hasta", "no", "sin", "sólo", "antes", "después",
        "despues",
    }),
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    done_on=DayWords("de hoy", "de ayer", "de mañana", "del {weekday}", "del {day} de {month}"),
    until=DayWords("luego", "ayer", "mañana", "el {weekday}", "el {day} de {month}"),
    ask_on=DayWords("", "ayer", "mañana", "el {weekday}", "el {day} de {month}"),
    missed_on=DayWords("hoy", "ayer", "mañana", "el {weekday}", "el {day} de {month}"),
    reporting=frozenset({
        "yo", "el", "la", "los", "las", "lo", "un", "una", "mi", "mis", "y", "e", "o", "con", "de", "del", "al", "a",
        "en", "por", "para", "no", "sí", "si", "ya", "también", "tambien", "todo", "todas", "todos", "nada", "pero",
        "solo", "sólo", "hice", "hecho", "hecha", "he", "hoy", "ayer", "mañana", "noche", "tarde", "logré", "logre",
        "cumplí", "cumpli", "terminé", "termine", "pude", "me", "se", "poco", "dos", "tres", "cuatro", "cinco", "diez",
        "minutos", "veces", "después", "despues", "antes", "otra", "vez", "que", "eso", "fue", "bien", "listo", "hola",
        "gracias", "salí", "sali", "fui",
    }),
    hardships=frozenset({
        "enfermo", "enferma", "malo", "mala", "gripe", "gripa", "fiebre", "migraña", "dolor", "duele", "dolía", "dolia",
        "lesionado", "lesionada", "agotado", "agotada", "hospital", "doctor", "médico", "medico", "funeral", "entierro",
        "murió", "murio", "covid", "vomitando", "náuseas", "nauseas",
    }),
    clock="a las {time}",
    half_days=None,
)  # fmt: skip

ASKING = Asking(
    check_in=(
        "Hola, {client}. Lo de hoy: {goals}. ¿Qué tal te fue?",
        "{goals}. ¿Qué tal fue hoy, {client}? Cuéntalo como sea, todo vale.",
        "{client}, ¿qué tal te fue hoy con esto? {goals}. Un poco ya cuenta.",
        "Te pregunto de parte de {coach}: {goals}. ¿Qué tal hoy? Con una palabra basta.",
        "Hola, {client}. {goals}. ¿Qué tanto se pudo hoy? Con una palabra basta.",
    ),
    check_in_again=(
        "Hola, {client}. No hay nada que recuperar. Solo lo de hoy: {goals}. ¿Qué tal fue, aunque sea un poco?",
        "{client}, sin mirar lo de antes: {goals}. ¿Qué fue posible hoy? Nada también es una respuesta.",
        "Solo cuenta lo de hoy: {goals}. ¿Qué tal? Si te queda grande, dilo y se recorta.",
    ),
    wins=(
        "¿Qué tres cosas pequeñas te salieron bien hoy, {client}? Las diminutas también cuentan.",
        "Antes de dormir, {client}: ¿qué lograste hoy, por pequeño que sea? Con una cosa basta.",
        "¿Qué fue lo bueno de hoy? Hasta levantarse cuenta.",
        "{client}, cuéntame hasta tres cosas que hoy te salieron bien, grandes o pequeñas.",
        "¿Tres cosas buenas de hoy, {client}? Un vaso de agua ya es una.",
        "¿De qué te alegras hoy, {client}? De una a tres cosas, de tu lista o de fuera.",
    ),
    reflection=(
        "Una pregunta para ti, {client}: {question} Con una frase basta.",
        "{client}, para un momento tranquilo: {question}",
        "Una pregunta sin respuesta correcta: {question}",
    ),
    reminder=(
        "Hola, {client}. Tu cita con {coach} es {when}. Si no te viene bien, contesta a este mensaje.",
        "{client}, {coach} te espera {when}. Si algo se interpone, con una palabra basta.",
    ),
    questions=QUESTIONS,
    unclear="No entiendo bien tu mensaje. ¿Qué tal te fue con {goals}? Con pocas palabras basta.",
    unclear_at_all="No entiendo bien tu mensaje. ¿Me lo dices de otra manera? Con pocas palabras basta.",
)

ANSWERING = Answering(
    logged=("Anotado: {wins}.", "Anotado: {wins}.", "Apuntado: {wins}.", "Queda anotado: {wins}."),
    tally=("Ya van {done} de {days}.", "Con esta, {done} de {days}.", "Llevas {done} de {days}."),
    tally_week="Van {done} de {days} esta semana.",
    stands="Los {days} que llevas siguen en pie.",
    counts=("Eso cuenta.", "", "", "Todo suma.", ""),
    own_win="un logro tuyo",
    own_wins="{count} logros tuyos",
    missed=(
        "Hoy no: {goals}. No pasa nada, mañana se empieza de nuevo.",
        "Lo de {goals} puede esperar. Lo que cuenta es mañana: nunca dos seguidas.",
        "De acuerdo, hoy no: {goals}. La vez que viene, con un poco basta.",
        "Anotado, hoy no: {goals}. Gracias por decirlo. La vez que viene, con poco ya vale.",
    ),
    missed_again=(
        "Anotado, hoy no: {goals}. Gracias por contestar igual. La vez que viene, con {less} basta.",
        "Anotado, hoy no: {goals}. Gracias por contestar igual. La vez que viene, lo que puedas.",
        "De acuerdo, hoy no: {goals}. Si te queda grande, dilo: {coach} lo puede recortar.",
        "Anotado, hoy no: {goals}. Sin prisa. Con dos minutos se vuelve a empezar.",
    ),
    missed_before=(
        "De acuerdo, {day} no: {goals}. Hoy se empieza de nuevo.",
        "Anotado, {day} no: {goals}. Gracias por decirlo. Con la siguiente basta.",
    ),
    missed_in_hardship=("{day} no: {goals}. Siento que haya sido duro. Con la siguiente basta.",),
    missed_beside=("Lo de {goals} puede esperar.", "La vez que viene: {goals}.", "Hoy no, y no pasa nada: {goals}."),
    undone="Hecho, queda borrado.",
    kinder=(
        'Escribes "{words}". Lo que tienes anotado es otra cosa: {title}, {done} de {days}.',
        'Escribes "{words}". Al lado queda esto: {title}, {done} de {days}.',
    ),
    passed_on="Se lo paso a {coach}.",
    passed_rest="El resto se lo paso a {coach}.",
    away="{coach} vuelve {day} y entonces lo lee.",
    away_covered="{coach} vuelve {day}; mientras tanto te atiende {cover}.",
    worried="Eso suena duro, gracias por decirlo. {coach} lo va a leer. Si se te hace demasiado, {lines}",
    thanks=(
        "Gracias por escribirlo. Queda guardado para ti y para {coach}.",
        "Gracias, esto vale la pena guardarlo. {coach} también lo puede leer.",
        "Gracias por tomarte el rato. Lo guardo para ti y para {coach}.",
    ),
)

HOLDING = Holding(
    snoozed="De acuerdo, te vuelvo a preguntar {when}.",
    snoozed_openly="De acuerdo, luego te vuelvo a preguntar.",
    paused="De acuerdo, sin preguntas hasta {day}. Si las quieres antes, dilo.",
    paused_openly="De acuerdo, queda en pausa. Cuando quieras volver, dilo.",
    resumed="Nos alegra tenerte de vuelta. La siguiente pregunta te llega a su hora de siempre.",
    handed_over="Hola, {client}. Desde ahora te acompaña {coach} en {practice}, en lugar de {former}. Tus metas y "
    "mensajes siguen igual. Escribe como siempre.",
    taken_over="Hola, {client}. Desde ahora te acompaña {coach} en {practice}. Tus metas y mensajes siguen igual. "
    "Escribe como siempre.",
    status="Hasta ahora: {rows}.",
    status_row="{title} {done} de {days}",
    status_goals="Tus metas: {goals}.",
    status_empty="Por ahora no hay nada anotado, y no pasa nada. Con algo pequeño se empieza.",
)

_RATES_AND_KEYWORDS = "Puede haber cargos de SMS y datos. HELP o AYUDA: ayuda. STOP o BAJA: fin."
_NOT_WATCHED = "No se vigila 24/7 ni es para emergencias: {crisis}."
AGREEING = Agreeing(
    invitation=(
        "Hola, {client}: {coach} ({practice}) quiere preguntarte por tus metas, hasta {per_week} SMS por semana. "
        "Responde SI para empezar. " + _RATES_AND_KEYWORDS + " " + _NOT_WATCHED
    ),
    welcome=(
        "{practice}: hola, {client}, qué bien tenerte. Te llegan las preguntas de {coach} sobre tus metas, "
        "hasta {per_week} SMS por semana. " + _RATES_AND_KEYWORDS + " " + _NOT_WATCHED
    ),
    declined="De acuerdo, no te escribiremos. Si cambias de idea, habla con {coach} o escribe START.",
    help=(
        "{practice}. Ayuda: {contact}. Hasta {per_week} SMS por semana. Puede haber cargos de SMS y datos. "
        "STOP o BAJA: fin. No se vigila 24/7. Si hay peligro, {crisis}."
    ),
    stopped="{practice}: baja confirmada. Desde ahora no te llegan textos ni llamadas de nuestro sistema.",
    started_again=(
        "{practice}: otra vez en marcha. Vuelven las preguntas de {coach}, hasta {per_week} SMS por semana. "
        + _RATES_AND_KEYWORDS + " " + _NOT_WATCHED
    ),
    unknown_sender=(
        "Hola, este chat es de {practice}. No conocemos tu teléfono, y tal vez nadie lea tu mensaje. Si nos buscabas, "
        "habla con tu coach por otro medio. En una emergencia {crisis}."
    ),
)  # fmt: skip

_AUTOMATIC = "Respuesta de un programa. "
_PASSING_ON = "Le paso esto a {coach}. Nadie vigila este chat 24/7: por favor, no esperes."
CARING = Caring(
    self=(
        _AUTOMATIC + "Eso suena muy duro, y no tienes que llevarlo a solas. Si puedes estar en peligro "
        "ahora, llama al {emergency}. {lines} " + _PASSING_ON
    ),
    other=(
        _AUTOMATIC + "Gracias por cuidar de alguien. Si puede estar en peligro ahora, llama al {emergency}. {lines} "
        "También te atienden a ti. " + _PASSING_ON
    ),
    violence=(
        _AUTOMATIC + "Eso suena serio. Si alguien puede salir herido, ponte a salvo si puedes y llama al "
        "{emergency}. {lines} " + _PASSING_ON
    ),
    medical=(
        _AUTOMATIC + "Si puede ser una emergencia médica, llama ahora al {emergency}, o pide a alguien que llame. "
        + _PASSING_ON + " Y hay con quien hablar. {lines}"
    ),
    call_or_text="Puedes llamar o escribir al {call}, gratis, a toda hora.",
    call_or_text_word="Puedes llamar al {call} o enviar {word} al {text}, gratis, a toda hora.",
    call_or_text_other="Puedes llamar al {call} o escribir al {text}, a toda hora.",
    call="Puedes llamar al {call}, gratis, a toda hora.",
    web="En {web} hay ayuda gratuita cerca de ti.",
    named="{number} ({name})",
    emergency_elsewhere="{emergency} o emergencias locales",
    brief="llama al {emergency}, o al {call} en una crisis",
    brief_web="llama al {emergency}, o mira {web}",
    coach_alert=(
        "Coach Portal: un mensaje de {client} puede tratar de su seguridad y te necesita ya. Léelo y confirma: {url}",
        "Coach Portal: un mensaje de alguien sin registrar puede tratar de su seguridad. Léelo ya y confirma: {url}",
    ),
    backup_alert=(
        "Coach Portal: {coach} no ha contestado, y alguien a quien acompaña puede necesitar ayuda ya. "
        "Léelo y confirma: {url}"
    ),
    your_coach="tu coach",
)  # fmt: skip

WORDS = Language(
    "es", GRAMMAR, ASKING, ANSWERING, HOLDING, WEEKLY, PICTURING, SUPPORTING, GROWING, WISHING, AGREEING, CARING
)
