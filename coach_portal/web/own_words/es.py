"""Spanish; tú."""

TITLE = "Tu página"
WITH = "Con {coach}, {practice}"
HEAD = ("{client}, un pequeño logro en dos semanas", "{client}, van {count} pequeños logros en dos semanas")
HEAD_QUIET = "{client}, dos semanas tranquilas. No se pierde nada"
NEXT = "La próxima pregunta llega {when}."
GOALS = "Tus metas"
NO_GOALS = "Todavía no hay nada acordado. {coach} y tú encontrarán algo muy pequeño."
TALLY = ("{done} de un día", "{done} de {days} días")
NOT_YET = "Todavía sin preguntar"
PROGRAMME = "Estás en {name}, semana {week}."
DAYS_RUNNING = "{count} días seguidos"
WEEKS_RUNNING = "{count} semanas seguidas"
TO_TRY = "Para probar un día"
GROWN = "Ya son tuyas"
CALENDAR = "Doce semanas"
IN_WORDS = "Hecho {done} días en las doce semanas hasta el {day}"
TABLE = "Lo mismo en una tabla"
WEEK_OF = "Semana del"
LETTERS = ("L", "M", "X", "J", "V", "S", "D")
SHORT_DAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
DATE = "{day} de {month}"
WINS = "Tus logros"
NO_WINS = "Lo que nos cuentes aparece aquí, en tus palabras. Lo próximo, por pequeño que sea, cuenta."
WEEKS = "Tus semanas"
WEEK_TO = "Semana hasta el {day}"
PICTURE = "La imagen de tu semana hasta el {day}"
HOURS = "Las horas para mensajes"
HOW_LONG = "Cuánto tiempo"
TEXTED = "Cómo te escribimos"
BEFORE, AFTER = "Sin mensajes antes de", "Sin mensajes después de"
NO_BOUND = "Como siempre"
BAD_HOURS = "Elige una hora posterior a la primera."
OFTEN = "Cada cuánto te preguntamos"
PACES = {"full": "Cada vez", "half": "Una de cada dos veces", "weekly": "Una vez por semana"}
WAY = "Por mensaje o por llamada"
WAYS = {"text": "Por mensaje", "call": "Por llamada"}
CALL_TERMS = (
    "{coach} podrá preguntarte con una llamada automática, con voz artificial, hasta {per_week} por semana, en las "
    "mismas horas que los mensajes. Nada más depende de esto. El 9 en cualquier llamada las termina; BAJA termina "
    "llamadas y mensajes."
)
CALL_ME = "De acuerdo, llámame"
TEXT_ME = "Otra vez por mensaje, sin llamadas"
LANGUAGE = "Idioma"
SAVE = "Guardar"
BREAK = "Tomar un descanso"
BREAKS = {"3": "Tres días", "7": "Una semana", "14": "Dos semanas", "": "Hasta que yo avise"}
BREAK_NOW = "Empezar el descanso"
ON_BREAK_UNTIL = "Estás en un descanso hasta el {day}. Hasta entonces no preguntamos nada."
ON_BREAK = "Estás en un descanso hasta que avises. Mientras tanto no preguntamos nada."
BEGIN = "Volver a empezar ahora"
STOP = "Parar todos los mensajes"
STOPPED = "No te enviamos mensajes. Para volver, escribe START."
DATA = "Tus datos"
DATA_IS = (
    "Todo lo que nos contaste, lo acordado y lo que te escribimos, en un archivo. Las notas propias de {coach} no "
    "están: pregúntale."
)
DOWNLOAD = "Descargar mis datos (JSON)"
LINK = "Esta página"
LINK_IS = (
    "Quien tenga su dirección puede abrirla, hasta el {day}. ¿Perdiste el teléfono o la reenviaste? Ciérrala. Escribe "
    "MI PAGINA y llega otra."
)
CLOSE = "Cerrar esta página"
SAVED = "Guardado."
BREAK_TAKEN = "Estás en un descanso."
BEGUN = "Qué bueno tenerte de vuelta."
AS_BEFORE = "Está como antes."
UNDO = "Deshacer"
CLOSED = "Esta página está cerrada"
CLOSED_IS = "Escribe MI PAGINA al número que te escribe, y llega una nueva."
MARKS = {
    "done": "hecho",
    "partly": "en parte",
    "missed": "sin hacer",
    "silent": "sin respuesta",
    "not_asked": "sin preguntar",
    "paused": "descanso",
    "ahead": "por venir",
}
