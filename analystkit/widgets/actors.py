"""Who is named how often: over time, across outlets, and in which sentences."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.errors import ArgumentError
from analystkit.measure import Answer, actor_frequency, actor_roles, co_mentions, compare
from analystkit.widgets.explorer import N_ITEMS, Explorer
from analystkit.widgets.state import VIEWS, ExplorerState


class ActorExplorer(Explorer):
    """Look at how often actors are named, with whom, in which roles, and how that differs. Parameters: see `Explorer`."""

    name = "actors"
    shows = "actors"
    views: ClassVar[tuple[str, ...]] = VIEWS
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }
    limits = (
        "A share says in how many of the stories an actor is named at least once, and the interval how far it could"
        " move had other stories been gathered. Being named is not acting, and named together is not acting together."
        " Pronouns are not followed, two people of one name may be one line here, and capitals that stand for"
        " governments are counted as places unless you switch that on: it is read from the words beside them."
    )

    def __init__(
        self, collection: Collection, *, state: ExplorerState | None = None, **choices: object
    ) -> None:
        super().__init__(collection, state=state, **choices)
        self.state.observe(self._grouping, "view")
        self._grouping()

    def _grouping(self, _: object = None) -> None:
        """Only how often somebody is named is told in groups."""
        self.controls.inputs["by"].disabled = self.state.view != VIEWS[0]

    def ask(self, collection: Collection, by: str | None) -> Answer:
        """Return the view that was chosen, of the chosen actors or those named most."""
        chosen, count = self.state.actors, self.state.count
        if self.state.view == "with whom":
            return co_mentions(collection, chosen or None, count=count)
        if self.state.view == "in which roles":
            return actor_roles(collection, self._one(collection))
        if self.state.view == "against the rest":
            return self._against_the_rest(collection)
        return actor_frequency(collection, by=by, count=count, actors=chosen or None, most=N_ITEMS)

    def _one(self, collection: Collection) -> str:
        """Return the first chosen actor, or the person with a role who is named most."""
        if self.state.actors:
            return str(self.state.actors[0])
        mentions = collection.mentions
        named = mentions.loc[mentions["role"] != "", "actor"].value_counts()
        if not len(named):
            raise ArgumentError("No role is given to anybody in these articles.")
        return str(named.index[0])

    def _against_the_rest(self, collection: Collection) -> Answer:
        whole = collection.unfiltered
        inside = set(collection.articles["article_id"])
        outside = set(whole.articles["article_id"]) - inside
        if not inside or not outside:
            raise ArgumentError(
                "There is no rest to compare with: choose a first or last day, an outlet or a topic above."
            )
        return compare(
            whole.narrowed_to(outside),
            collection,
            names=("the rest", "this choice"),
            count=self.state.count,
            actors=self.state.actors or None,
        )
