"""Texts in, tone out: of a whole text by word lists, and towards one actor by a model.

`vader` scores by the VADER rules, `lexicons` by Hu & Liu and by the analyst's own words; `towards` judges the tone
towards a target (`reading` and `features` say what it looks at, `fast` is its model), for a collection as the table
`tones`.
"""

from analystkit.annotate.tone.vader import VaderData, score_tone, tone_words, tone_words_of, vader_data

__all__ = ["VaderData", "score_tone", "tone_words", "tone_words_of", "vader_data"]
