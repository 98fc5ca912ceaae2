"""Spanish."""

TEXT = "{client}, antes de hablar {when}: tus logros y lo acordado, por si quieres verlo. {coach} {url}"
TITLE = "Antes de hablar {when}"
WINS = "Tus logros"
GOAL = ("{title}, un día", "{title}, {count} días")
OTHERS = ("y otro logro tuyo", "y otros {count} logros tuyos")
NONE = "No hay nada anotado desde la última vez. Está bien: empezamos donde estés."
WORDS = "En tus palabras"
AGREED = "Lo que acordamos"
YOURS = "¿Y tú?"
ASK = "¿De qué te gustaría hablar? Responde al mensaje, o tráelo contigo."
FOOT = "Solo quien tiene esta dirección puede abrirla, hasta el {until}."
