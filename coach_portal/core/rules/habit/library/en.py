"""Examples in English."""

EXAMPLES = {
    "movement": (
        ("5 squats", "after I brush my teeth", 5, "squats"),
        ("Walk to the corner and back", "after I lock the front door"),
        ("Stretch for 2 minutes", "after I switch off the alarm", 2, "minutes"),
        ("Take the stairs for one floor", "when I reach the lift"),
        ("Put on my running shoes", "after I come home from work"),
    ),
    "food": (
        ("Drink 1 glass of water", "when I sit down to eat", 1, "glass"),
        ("Put one vegetable on the plate", "when I serve dinner"),
        ("Wash one piece of fruit", "after I put the shopping away"),
        ("Put the fork down once", "after the third bite"),
        ("At most 2 coffees", "before lunch", 2, "coffees"),
    ),
    "sleep": (
        ("Put the phone in the kitchen", "after I brush my teeth at night"),
        ("Dim one lamp", "when the evening news ends"),
        ("Write down one thing for tomorrow", "when I sit on the bed"),
        ("Open the curtains", "after I get out of bed"),
        ("Take 3 slow breaths", "when my head is on the pillow", 3, "breaths"),
    ),
    "mind": (
        ("Take 3 slow breaths", "when the kettle boils", 3, "breaths"),
        ("Write one line in the journal", "after my first coffee"),
        ("Name one thing that went well", "when I wash up after dinner"),
        ("Look out of the window for 1 minute", "after I close the laptop", 1, "minute"),
        ("Say one kind sentence to myself", "when I see the bathroom mirror"),
    ),
    "work": (
        ("Write down the one thing that matters", "when I open the laptop"),
        ("Close the mailbox for 10 minutes", "after I have read the first mail", 10, "minutes"),
        ("Tidy one thing on the desk", "before I go to lunch"),
        ("Open the document and write one sentence", "after the morning meeting"),
        ("Note where to begin tomorrow", "before I shut down the computer"),
    ),
    "money": (
        ("Look at the account", "after I sit down on the train"),
        ("Write down one thing I bought", "when I empty my pockets"),
        ("Put the receipt in the jar", "when I come home from the shop"),
        ("Wait for one night before buying", "when I have put something in the basket"),
        ("Move one coin to the savings", "after I have paid a bill"),
    ),
    "home": (
        ("Clear one surface", "while the kettle boils"),
        ("Put 3 things back", "before I sit on the sofa", 3, "things"),
        ("Make the bed", "after I get up"),
        ("Wipe the sink", "after I brush my teeth"),
        ("Lay out the clothes for tomorrow", "after dinner"),
    ),
    "people": (
        ("Text one friend", "when I sit down on the bus"),
        ("Ask one question and listen", "when my partner comes home"),
        ("Say thank you to one person", "before I leave work"),
        ("Leave the phone in another room", "when we sit down to eat"),
        ("Hug someone for a breath longer", "when I say good night"),
    ),
    "learning": (
        ("Read 2 pages", "after I get into bed", 2, "pages"),
        ("Learn one word", "when I wait for the bus"),
        ("Open the book", "after I make the tea"),
        ("Play one scale", "after I hang up my coat"),
        ("Write down one thing I learnt", "when I close the book"),
    ),
    "other": (
        ("Water one plant", "after breakfast on Saturday"),
        ("Step outside for 1 minute", "after lunch", 1, "minute"),
        ("Take the pills", "after I pour the coffee"),
        ("Write down one small win", "when I plug in the phone"),
        ("Sit in quiet for 1 minute", "when I park the car", 1, "minute"),
    ),
}
