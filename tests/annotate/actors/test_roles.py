"""Roles in the words of the text, before and behind a name."""

import pytest

import analystkit as ak


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Oleg Kozhemyako, the governor of the Russian far eastern region of Primorsky, said so.",
         "governor of the Russian far eastern region of Primorsky"),
        ("The governor of the Russian far eastern region of Primorsky, Oleg Kozhemyako, said so.",
         "governor of the Russian far eastern region of Primorsky"),
        ("Governor of Primorsky Oleg Kozhemyako said so.", "Governor of Primorsky"),
        ("Oleg Kozhemyako, who is the governor of Primorsky, left.", "governor of Primorsky"),
        ("Oleg Kozhemyako was appointed deputy defence minister on Monday.", "deputy defence minister"),
        ("Oleg Kozhemyako, who has served as minister of culture since 2019, left.", "minister of culture"),
        ("Oleg Kozhemyako, 54, a former mayor of Perm, left.", "former mayor of Perm"),
        ("Oleg Kozhemyako (mayor of Perm) left.", "mayor of Perm"),
        ("South Korea's unification minister, Oleg Kozhemyako, left.", "South Korea's unification minister"),
        ("As foreign minister, Oleg Kozhemyako left.", "foreign minister"),
        # No roles of his:
        ("Oleg Kozhemyako, the city and its people.", ""),
        ("Oleg Kozhemyako is tired of the governor.", ""),
        ("The president of the Republic also awarded Oleg Kozhemyako a medal.", ""),
        ("They met the mayor of Perm, Oleg Kozhemyako and others.", ""),
        ("A court notice to the former president said Oleg Kozhemyako left.", ""),
    ],
)  # fmt: skip
def test_the_role_is_the_text_s_own(text: str, role: str) -> None:
    found = ak.find_mentions([text])
    assert found.loc[found["surface"] == "Oleg Kozhemyako", "role"].tolist() == [role]
