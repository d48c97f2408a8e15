from sijill.text.words import *  # noqa: F403
from sijill.text.words import is_arabic, noun_readings, split_words, verb_readings, Words, Reading  # noqa
