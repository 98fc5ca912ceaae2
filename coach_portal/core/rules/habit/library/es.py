"""Ejemplos en español."""

EXAMPLES = {
    "movement": (
        ("5 sentadillas", "después de lavarme los dientes", 5, "sentadillas"),
        ("Caminar hasta la esquina y volver", "después de cerrar la puerta de casa"),
        ("Estirar 2 minutos", "después de apagar el despertador", 2, "minutos"),
        ("Subir un piso por la escalera", "cuando llego al ascensor"),
        ("Ponerme las zapatillas de correr", "cuando llego del trabajo"),
    ),
    "food": (
        ("Beber 1 vaso de agua", "cuando me siento a comer", 1, "vaso"),
        ("Poner una verdura en el plato", "cuando sirvo la cena"),
        ("Lavar una fruta", "después de guardar la compra"),
        ("Dejar el tenedor una vez", "después del tercer bocado"),
        ("Como mucho 2 cafés", "antes de comer", 2, "cafés"),
    ),
    "sleep": (
        ("Dejar el móvil en la cocina", "después de lavarme los dientes por la noche"),
        ("Bajar la luz de una lámpara", "cuando acaban las noticias"),
        ("Anotar una cosa para mañana", "cuando me siento en la cama"),
        ("Abrir las cortinas", "cuando me levanto"),
        ("3 respiraciones lentas", "cuando apoyo la cabeza en la almohada", 3, "respiraciones"),
    ),
    "mind": (
        ("3 respiraciones lentas", "cuando hierve el agua", 3, "respiraciones"),
        ("Escribir una línea en el diario", "después del primer café"),
        ("Nombrar una cosa que salió bien", "cuando friego después de cenar"),
        ("Mirar por la ventana 1 minuto", "después de cerrar el portátil", 1, "minuto"),
        ("Decirme una frase amable", "cuando me veo en el espejo del baño"),
    ),
    "work": (
        ("Anotar lo único que importa hoy", "cuando abro el portátil"),
        ("Cerrar el correo 10 minutos", "después de leer el primer mensaje", 10, "minutos"),
        ("Ordenar una cosa de la mesa", "antes de salir a comer"),
        ("Abrir el documento y escribir una frase", "después de la reunión de la mañana"),
        ("Anotar por dónde empezar mañana", "antes de apagar el ordenador"),
    ),
    "money": (
        ("Mirar la cuenta", "cuando me siento en el tren"),
        ("Anotar una cosa que compré", "cuando vacío los bolsillos"),
        ("Guardar el recibo en el bote", "cuando vuelvo de la tienda"),
        ("Esperar una noche antes de comprar", "cuando ya está en la cesta"),
        ("Pasar una moneda al ahorro", "después de pagar una factura"),
    ),
    "home": (
        ("Despejar una superficie", "mientras hierve el agua"),
        ("Guardar 3 cosas", "antes de sentarme en el sofá", 3, "cosas"),
        ("Hacer la cama", "después de levantarme"),
        ("Limpiar el lavabo", "después de lavarme los dientes"),
        ("Preparar la ropa de mañana", "después de cenar"),
    ),
    "people": (
        ("Escribir a un amigo", "cuando me siento en el autobús"),
        ("Hacer una pregunta y escuchar", "cuando llega mi pareja"),
        ("Dar las gracias a una persona", "antes de salir del trabajo"),
        ("Dejar el móvil en otra habitación", "cuando nos sentamos a comer"),
        ("Dar un abrazo un poco más largo", "cuando doy las buenas noches"),
    ),
    "learning": (
        ("Leer 2 páginas", "cuando me meto en la cama", 2, "páginas"),
        ("Aprender una palabra", "cuando espero el autobús"),
        ("Abrir el libro", "después de hacer el té"),
        ("Tocar una escala", "cuando cuelgo el abrigo"),
        ("Anotar una cosa que aprendí", "cuando cierro el libro"),
    ),
    "other": (
        ("Regar una planta", "después del desayuno del sábado"),
        ("Salir 1 minuto al aire", "después de comer", 1, "minuto"),
        ("Tomar las pastillas", "después de servir el café"),
        ("Anotar una pequeña victoria", "cuando enchufo el móvil"),
        ("1 minuto en silencio", "cuando aparco el coche", 1, "minuto"),
    ),
}
