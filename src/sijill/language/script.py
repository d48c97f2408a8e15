from sijill.text.script import *  # noqa: F403
from sijill.text.script import normalise, normal_form, Normal  # noqa
