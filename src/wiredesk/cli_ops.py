"""What those run who keep it running: status, migrate, metrics."""

from __future__ import annotations

import click

from wiredesk.options import JSON, SNAPSHOT, WAREHOUSE


@click.command()
@WAREHOUSE
@SNAPSHOT
@JSON
def status(warehouse: str | None, snapshot: str | None, as_json: bool) -> int:
    """Show how a warehouse stands: runs, sources, today's ledger, gaps, alarms, sizes, schema.

    While another process writes it, the published snapshot answers.  Exit code 1 where an alarm
    wants a look.

    \b
      wiredesk status --warehouse newswire.duckdb
    """
    from wiredesk.status_commands import status_command

    return status_command(warehouse, snapshot, as_json=as_json)


@click.command()
@WAREHOUSE
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@JSON
def migrate(warehouse: str | None, dry_run: bool, as_json: bool) -> int:
    """Bring the schema of a warehouse up to this program's.

    Every command that writes does so by itself; this one says what it does, and can be asked first.
    It can be stopped and run again.  There is no way back: keep a copy.

    \b
      wiredesk migrate --warehouse newswire.duckdb --dry-run
    """
    from wiredesk.ops_commands import migrate_command

    return migrate_command(warehouse, dry_run=dry_run, as_json=as_json)


@click.command()
@WAREHOUSE
def metrics(warehouse: str | None) -> int:
    """Print what Prometheus is told of a warehouse: sources, polls, ledger, lag, runs.

    A run leaves the same in the file that $WIREDESK_METRICS names; flows.serve serves it.

    \b
      wiredesk metrics --warehouse newswire.duckdb > textfiles/wiredesk.prom
    """
    from wiredesk.ops_commands import metrics_command

    return metrics_command(warehouse)
