"""Days and hours in words."""

from datetime import date, datetime

from coach_portal.core.rules.texts.language import DayWords, Language


def day_in(words: DayWords, day: date, today: date, language: Language) -> str:
    """The day as this kind of sentence names it: today, a neighbour, a weekday within the week, or a date."""
    distance = (day - today).days
    near = {0: words.today, -1: words.yesterday, 1: words.tomorrow}
    if distance in near:
        return near[distance]
    looks_back = words is language.grammar.done_on or words is language.grammar.missed_on
    if abs(distance) < 7 and (distance > 0) != looks_back:
        return words.weekday.format(weekday=language.grammar.weekdays[day.weekday()])
    return words.date.format(month=language.grammar.months[day.month - 1], day=day.day)


def moment_in(moment: datetime, today: date, language: Language) -> str:
    """When we ask again: "at 7 pm", "tomorrow at 9 am", "a las 19:00"."""
    day = day_in(language.grammar.ask_on, moment.date(), today, language)
    return f"{day} {language.grammar.clock.format(time=_time(moment, language))}".strip()


def _time(moment: datetime, language: Language) -> str:
    if language.grammar.half_days is None:
        return f"{moment.hour}:{moment.minute:02}"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {language.grammar.half_days[moment.hour // 12]}"
