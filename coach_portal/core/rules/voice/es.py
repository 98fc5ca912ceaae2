"""Spanish, aloud."""

from coach_portal.core.rules.voice.language import Speaking

WORDS = Speaking(
    opening="Es la llamada automática de {coach}, de {practice}, para ver cómo vas. Hola, {client}.",
    question="Hoy: {goals}. ¿Cómo fue?",
    question_several="Hoy: {goals}. ¿Cuáles salieron?",
    question_many="Hoy son {count} metas. ¿Qué hiciste de ellas?",
    question_wins="¿Qué salió bien hoy, por pequeño que sea? Hasta tres cosas.",
    tell="Dímelo con tus palabras.",
    keys_one="O marca 1 si lo hiciste, 2 si no.",
    keys_several="O marca 1 si hiciste todo, 2 si nada, 4 para ir una por una.",
    keys_more="Con el 3 dejas un mensaje para {coach}, con el 9 terminan estas llamadas.",
    again="Perdona, no te entendí.",
    use_keys="Sigo sin entender. Usa las teclas, o simplemente cuelga: basta un mensaje más tarde.",
    each="{goal}. Marca 1 si lo hiciste, 2 si no.",
    nothing_heard="No oí nada, y no pasa nada. Basta un mensaje, a cualquier hora de hoy. Adiós.",
    anything_else="Marca 3 para dejar un mensaje a {coach}, o simplemente cuelga. Nuestro número es el {number}.",
    goodbye="Adiós.",
    noted="Lo anoté para {coach}.",
    leave_message=(
        "Puedes dejar un mensaje de hasta dos minutos para {coach}. Se grabará, para que {coach} lo escuche. Si "
        "prefieres que no se grabe, cuelga ahora. Habla después del tono y marca cualquier tecla al terminar."
    ),
    message_left=(
        "Gracias. {coach} recibe tu mensaje. Nadie atiende esta línea día y noche: si hay peligro, {crisis}. Adiós."
    ),
    no_message="No se grabó nada. Adiós.",
    no_more_calls=(
        "De acuerdo. No recibirás más llamadas de {practice}. Los mensajes de texto siguen igual; para terminar "
        "también con ellos, marca 9 otra vez ahora."
    ),
    all_ended="Listo. No recibirás más mensajes ni llamadas automáticas de {practice}. Adiós.",
    machine=(
        "Es la llamada automática de {coach}, de {practice}, para {client}. Puedes llamar cuando quieras y contar cómo "
        "fue, al {number}. Para no recibir más llamadas, marca 9 cuando llames. Adiós."
    ),
    menu="Es la línea automática de {coach}, de {practice}. Hola, {client}. Cuéntame qué hiciste hoy.",
    keys_menu=(
        "O marca 1 para anotar un logro, 2 para oír tu semana, 3 para dejar un mensaje a {coach}, 9 para no recibir "
        "más llamadas."
    ),
    log_win="¿Qué hiciste?",
    no_week="Todavía no hay nada que contar de tu semana.",
    stranger=(
        "Hola. Es la línea automática de {practice}, que acompaña a personas en sus hábitos. No conocemos el número "
        "desde el que llamas. Si eres cliente, busca a tu coach por otra vía. En una emergencia, {crisis}. Si no "
        "quieres llamadas ni mensajes nuestros en este número, marca 9."
    ),
    stranger_stopped="De acuerdo. No llamaremos ni escribiremos a este número. Adiós.",
    away="Perdona, ahora no podemos atenderte. Prueba más tarde o manda un mensaje. En una emergencia {crisis}.",
    text_follows="Te lo he mandado por mensaje.",
    may_we_call=(
        "{client}, {coach} ({practice}) también puede llamarte, con una voz automática, hasta {per_week} veces por "
        "semana. Responde LLAMAR si te parece bien, NO para seguir con mensajes. El 9 en una llamada las termina."
    ),
    calls_agreed="Bien: {coach} también podrá llamarte con una voz automática. El 9 en cualquier llamada las termina.",
    calls_declined="De acuerdo, solo mensajes.",
    yes=frozenset({"llamar", "llamame", "llámame", "llamadas", "si llamar", "sí llamar", "si llamame", "sí llámame"}),
    bare_yes=frozenset({"si", "sí", "ok", "vale", "claro", "bueno", "si por favor", "sí por favor"}),
    no=frozenset({"no", "no gracias", "sin llamadas", "solo mensajes", "no llamadas"}),
)
