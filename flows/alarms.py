"""Who hears of what: automations that react to the events of showing.py, and to runs that died.

They are made when the deployments are served, each under a name of ours, and made again where they
differ; what a person added under another name stands.  Without a notification block they do
nothing but stand in the UI, where the events are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, ChangeFlowRunState, DoNothing, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectNotFound

from wiredesk.errors import UserError

HEARTBEAT = 30  #: seconds between two signs of life of a run; the least that Prefect sends
DEAD = timedelta(seconds=5 * HEARTBEAT)  #: without one
AGAIN = timedelta(days=1)  #: how often one and the same trouble is told

#: event, name, what it says
TROUBLES = (
    ("source.silent", "a source is silent", "brings nothing, for longer than it ever did"),
    ("source.failing", "a source fails", "polls fail, one after another"),
    ("scores.fell", "scores fell", "labelled copy is read worse than its floor"),
    ("ledger.unbalanced", "the ledger does not balance", "candidates are not accounted for"),
    ("checks.failed", "checks failed", "nothing is published while they do"),
)
BODY = """{{ event.payload.said }}

{{ event.occurred }}; wiredesk status and wiredesk check say more.
"""


def automations(notify: Iterable[ActionTypes], dead: timedelta = DEAD) -> Iterator[AutomationCore]:
    """All of ours; troubles lead to `notify`."""
    actions = list(notify)
    for event, name, said in TROUBLES:
        yield AutomationCore(
            name=f"wiredesk: {name}",
            description=f"{said}; told once in {AGAIN.days * 24} hours for each",
            trigger=EventTrigger(
                expect={f"wiredesk.{event}"},
                for_each={"prefect.resource.id"},
                posture=Posture.Reactive,
                threshold=1,
                within=AGAIN,
            ),
            actions=actions,
        )
    ends = {
        f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")
    }
    yield AutomationCore(
        name="wiredesk: a run died",
        description="its process gave no sign of life, so the run is marked as crashed",
        trigger=EventTrigger(
            # a run may be killed before its first heartbeat
            after={"prefect.flow-run.heartbeat", "prefect.flow-run.Running"},
            expect={"prefect.flow-run.heartbeat", *ends},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=dead,
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                force=False,
                name="Crashed",
                message=f"no sign of life for {dead.total_seconds():.0f} s: its process was killed",
            )
        ],
    )


def notification(client: SyncPrefectClient, block: str | None) -> ActionTypes:
    """What a trouble leads to.  Raises UserError where there is no such block."""
    if block is None:
        return DoNothing()
    kind, _, name = block.partition("/")
    try:
        found = client.read_block_document_by_name(name, kind)
    except ObjectNotFound:
        raise UserError(
            f"--notify {block!r} is no block of this server: give TYPE/NAME, as prefect block ls "
            "shows them"
        ) from None
    return SendNotification(
        block_document_id=found.id, subject="wiredesk: {{ automation.name }}", body=BODY
    )


def stand(client: SyncPrefectClient, wanted: Iterable[AutomationCore]) -> None:
    """Make those that are not there, and put right those that are others; once each."""
    for automation in wanted:
        known = client.read_automations_by_name(automation.name)
        for more in known[1:]:
            client.delete_automation(more.id)
        if known:
            client.update_automation(known[0].id, automation)
        else:
            client.create_automation(automation)
