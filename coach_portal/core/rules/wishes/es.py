"""Wishes in Spanish."""

from coach_portal.core.rules.wishes.language import Words

_TEXTS = r"(mensajes?|textos?|preguntas?|avisos?|recordatorios?|sms)"
_ASK = r"((me )?(escrib(e|es|as|eme|ir|irme)|pregunt(a|as|es|ame|ar|arme)|mand(a|as|es|ame)|avis(a|as|es|ame)))"

WORDS = Words(
    courtesy=(
        r"por favor|porfa|gracias|hola|oye|perdon|vale|ok|puedes|podrias|podemos|quiza(s)?|prefiero|preferiria|quiero|"
        r"quisiera|me gustaria|si puede ser|si es posible|mejor dicho|es que|ay|por ahora"
    ),
    less=(
        rf"menos( {_TEXTS})?( seguido| a menudo)?", rf"{_ASK} menos( {_TEXTS}| seguido| a menudo)?",
        rf"(son |es )?demasiad(o|os|as)( {_TEXTS})?( para mi)?", rf"no {_ASK} tanto( {_TEXTS})?",
        rf"(no )?tant(o|os|as) {_TEXTS}( no)?", r"no tan seguido", r"menos veces", r"no todos los dias",
    ),
    half=(rf"({_ASK} |solo )?(cada (dos|2) dias|un dia si y (otro|un dia) no|un dia si otro no)( basta| esta bien)?",),
    weekly=(rf"({_ASK} |solo )?(con )?una vez (por|a la) semana( (me )?basta| esta bien| es suficiente)?",),
    more=(rf"mas( {_TEXTS}| a menudo| seguido)?", rf"{_ASK} (todos los dias|cada dia|mas)( otra vez| de nuevo)?",
          r"todos los dias( otra vez| de nuevo)?", r"como antes"),
    go_on=(
        r"(si|claro|vale|ok|dale|venga|sigue|sigamos|seguimos|continua|adelante|por supuesto|aqui estoy|sigo aqui|"
        r"aqui sigo)( si| claro| sigue| seguimos| preguntando)*",
    ),
    rest=(r"no|ahora no|mejor no|un descanso|descanso|necesito un descanso|no gracias|luego",),
    page=(
        r"(((me )?(mand|envi|pas|muestr|ensen)(a|as|ame|ar|arme)|me das|dame|abre|abrir|ver) )?((el|un) )?"
        r"(enlace (a|de|para) |link (a|de|para) )?mi (propia )?pagina( otra vez| de nuevo)?",
        r"(donde esta|cual es) mi pagina", r"(descargar|enviame|mandame) mis datos",
    ),
    named_days={
        r"(entre semana|(los )?dias (laborables|de semana)|de lunes a viernes|lunes a viernes)": "12345",
        r"(los )?(fines|fin) de semana|(los )?findes?": "67",
        r"(el |los )?lunes": "1", r"(el |los )?martes": "2", r"(el |los )?miercoles": "3", r"(el |los )?jueves": "4",
        r"(el |los )?viernes": "5", r"(el |los )?sabados?": "6", r"(el |los )?domingos?": "7",
    },
    days_only=(rf"({_ASK} )?(solo|solamente|unicamente) {{days}}", rf"{_ASK} {{days}}", r"{days} (nada mas|solo)",
               r"mejor (solo )?{days}"),
    days_not=(rf"(no|nunca|sin {_TEXTS}|no {_ASK}|nada) {{days}}", r"{days} (no|libres?|no puedo)"),
    parts={r"(las )?mananas|la manana": "morning", r"(las )?tardes|la tarde|mediodia": "afternoon",
           r"(las )?noches|la noche": "evening"},
    part_only=(r"(mejor )?solo (por |a |en )?{part}", rf"{_ASK} (solo |siempre )(por |a |en ){{part}}",
               r"(por |a |en )?{part} solo",
               r"(por |a )?{part} (siempre|me va(n)? mejor|mejor)", r"siempre (por |a ){part}"),
    part_bad=(r"(por |a )?{part} (no( puedo| me va(n)?| son buenas)?|son malas|(me )?va(n)? (mal|fatal)|imposible|no)",
              rf"(no|nunca|no {_ASK}) (por |a |en ){{part}}"),
    at=(rf"(a partir de ahora|siempre|todos los dias)( {_ASK})? a las? {{clock}}",
        rf"{_ASK} a las? {{clock}} (a partir de ahora|siempre|todos los dias)"),
    clock=r"(?P<hour>\d{1,2})( (?P<minute>\d{2}))?( (de la (?P<half>manana|tarde|noche)))?",
    joined=r"( y | o |, ?| )",
    and_=r" y | pero ",
)  # fmt: skip
