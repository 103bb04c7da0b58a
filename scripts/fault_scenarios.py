"""The faults that wiredesk promises to survive, each with the tests that bring it about.

A test is named `file.function`, its file without `test_` (those of tests/faults with `faults/`).
What no test shows is said in `open`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fault, what is promised, and the tests: by file, the functions."""

    number: int
    fault: str
    promise: str
    tests: tuple[str, ...]
    open: str = ""  #: what is not shown

    def named(self) -> Iterator[tuple[str, str]]:
        """File and function of each test."""
        for line in self.tests:
            file, _, functions = line.partition(": ")
            folder, _, name = file.rpartition("/")
            for function in functions.split():
                yield f"tests/{folder + '/' if folder else ''}test_{name}.py", f"test_{function}"


SCENARIOS = (
    Scenario(
        1,
        "SIGKILL at any moment",
        "the next run ends with the rows of one that nobody killed; the snapshot stays whole",
        (
            "faults/killed: a_pipeline_that_is_killed_again_and_again_loses_and_doubles_nothing",
            "warehouse: an_ingest_that_is_killed_and_run_again_leaves_the_rows_of_a_clean_run "
            "a_failed_load_leaves_nothing_behind",
            "archive: a_killed_process_loses_nothing_that_put_had_returned "
            "whatever_byte_a_kill_stops_at_the_records_before_it_stay_and_work_goes_on "
            "a_first_record_that_a_kill_tore_is_begun_again",
            "publish: a_publish_that_is_killed_leaves_the_old_snapshot_and_the_next_one_cleans_up",
        ),
    ),
    Scenario(
        2,
        "disk full, disk read-only",
        "one line, exit 2; nothing half written; with room again the next run brings all",
        (
            "faults/disk: a_full_disk_while_a_warehouse_is_laid_out a_full_disk_under_the_archive "
            "a_full_disk_under_the_log_of_the_warehouse a_disk_that_may_only_be_read "
            "a_small_disk_that_fills_and_is_emptied_again",
            "archive: a_full_disk_leaves_nothing_of_the_group_and_the_next_one_is_put "
            "a_disk_that_is_full_from_the_start_leaves_no_file "
            "a_file_that_could_not_be_cut_back_is_mended_by_the_next_put",
            "publish: a_disk_that_fills_leaves_the_old_snapshot_and_nothing_half "
            "a_small_disk_that_fills_leaves_the_old_snapshot "
            "a_place_that_cannot_be_written_is_refused_in_one_line",
        ),
    ),
    Scenario(
        3,
        "two runs at once, the lock of a dead process, an analyst in the file",
        "the second is told to wait; nothing is doubled; a dead process holds no lock; a snapshot "
        "is never in the way",
        (
            "faults/one_writer: two_runs_at_once_one_is_told_to_wait_and_nothing_is_doubled "
            "the_lock_of_a_process_that_was_killed_is_free_at_once "
            "an_analyst_who_has_the_file_open_is_named_and_loses_nothing",
            "lake: two_loaders_at_once_leave_the_rows_of_one_loader_and_a_file "
            "who_writes_keeps_others_waiting_and_a_killed_one_does_not",
            "publish: readers_are_undisturbed_by_a_hundred_publishes "
            "a_second_publish_at_the_same_time_is_refused_in_one_line",
        ),
    ),
    Scenario(
        4,
        "304 after a load that failed",
        "a validator is saved only with the last of what its payload lists",
        (
            "polling: a_304_never_hides_a_body_that_was_not_saved "
            "the_cursor_of_a_feed_waits_for_the_last_page_that_its_entries_lead_to",
        ),
    ),
    Scenario(
        5,
        "ETag and Last-Modified that lie",
        "no body is hidden; unchanged bytes are no news",
        (
            "http: an_etag_that_lies_hides_no_body a_new_etag_on_an_old_body_is_known_by_its_hash "
            "a_304_that_nobody_asked_for_is_no_answer "
            "validators_that_still_hold_are_answered_unchanged",
        ),
    ),
    Scenario(
        6,
        "429 and 503 with Retry-After in any form",
        "never asked sooner than told; 88 hours and nonsense are within bounds",
        (
            "http: retry_after_is_read_in_every_form",
            "politeness: retry_after_is_seconds_or_a_date no_retry_after_hurts "
            "a_date_is_counted_by_the_clock_of_the_server_that_names_it "
            "backoff_never_undercuts_what_the_server_asked_for",
            "polling: sources_are_polled_when_they_are_due_and_not_before_retry_after",
        ),
    ),
    Scenario(
        7,
        "answers cut short, endless, slow, too large, gzip bombs",
        "an error with its reason within seconds; memory is bounded",
        (
            "http: an_answer_that_does_not_come_whole_is_temporary "
            "a_server_that_drips_is_left_before_its_time_is_up "
            "an_answer_over_the_limits_is_soft "
            "a_bomb_is_seen_by_its_ratio_long_before_the_limit",
            "unpack: no_more_is_unpacked_than_the_limit_and_one_step "
            "a_stream_of_empty_members_and_a_body_of_crumbs_come_to_an_end",
        ),
    ),
    Scenario(
        8,
        "redirect loops, moves taken back, private addresses, TLS, DNS",
        "refused or retried by kind; a move is believed after a week; what was checked is what is "
        "connected to",
        (
            "http: a_redirect_loop_is_permanent a_redirect_out_of_the_open_web_is_refused "
            "one_inner_address_among_outer_ones_refuses_the_host "
            "what_is_connected_to_is_what_was_checked a_certificate_must_be_right "
            "a_host_without_an_address_or_a_server_is_temporary "
            "the_next_address_is_tried_where_the_first_does_not_answer",
            "polling: a_permanent_move_is_followed_once_it_has_stood_for_a_week "
            "a_move_is_dropped_when_the_address_answers_by_itself_again",
        ),
    ),
    Scenario(
        9,
        "HTML, a consent page, nothing or another site in place of a feed",
        "the source fails and says why; what came is kept; the feed is taken when it is back",
        (
            "polling: what_is_no_feed_fails_each_time_it_is_sent_until_the_feed_is_back "
            "another_sites_feed_is_kept_and_not_believed_before_its_third_poll "
            "another_sites_feed_that_goes_away_again_must_start_anew",
            "feeds: what_is_no_feed_is_an_error_and_no_empty_feed "
            "a_redirect_to_a_consent_wall_is_told_by_its_address",
            "http: an_empty_200_is_an_error_and_no_empty_feed",
        ),
    ),
    Scenario(
        10,
        "ids rewritten, used twice or missing; slugs edited",
        "no news where the copy is known; versions where one id bears several",
        (
            "polling: new_ids_for_unchanged_copy_are_neither_news_nor_a_gap",
            "identity_cli: one_id_for_different_stories_is_told_as_versions_and_loses_none",
            "warehouse: known_copy_under_a_rewritten_id_is_no_news_and_its_update_finds_the_story",
            "faults/entries: a_slug_that_is_edited_under_the_same_id_is_no_news "
            "without_ids_the_address_is_the_identity_and_a_new_one_is_known_by_copy_and_time",
        ),
    ),
    Scenario(
        11,
        "times in the past, the future, no zone, an hour that is twice; lists in any order",
        "every time is kept, doubtful ones are flagged; order changes no row",
        (
            "polling: dates_of_entry_and_page_are_all_kept_and_the_doubtful_ones_flagged "
            "the_earlier_time_is_the_publication_unless_its_zone_is_a_guess",
            "feeds: a_time_without_a_zone_takes_the_sources "
            "an_entry_dated_at_the_beginning_of_time_has_no_time",
            "faults/entries: an_hour_that_is_twice_or_not_at_all_is_one_instant",
            "order: any_order_and_any_grouping_end_in_the_same_rows",
        ),
    ),
    Scenario(
        12,
        "updates, corrections, kills, embargoes, in any order",
        "versions stand by their own times; a kill hides a story that comes later; no view shows "
        "what is withdrawn or under embargo",
        (
            "versions: a_second_version_is_what_its_label_or_note_says "
            "numbers_of_versions_prove_nothing_and_times_order_them "
            "a_delete_of_an_unknown_item_keeps_a_late_original_hidden "
            "an_embargo_is_a_gate_in_time_and_no_status "
            "a_hold_hides_a_story_until_it_is_released",
            "publish: what_is_withdrawn_or_under_embargo_leaves_the_marts_of_its_month",
        ),
    ),
    Scenario(
        13,
        "one story from several agencies, abridged reprints, 2,000 addresses with one text",
        "one cluster with its original, at a bounded cost",
        (
            "kinship: a_trimmed_copy_of_another_paper_is_a_reprint_of_the_agency "
            "the_agency_is_the_original_whoever_came_first "
            "two_thousand_addresses_with_one_text_are_one_cluster_at_bounded_cost",
            "identity_cli: a_thousand_addresses_with_one_text_are_one_cluster_and_soon_done",
        ),
    ),
    Scenario(
        14,
        "wrong charset labels, UTF-8 encoded twice, NUL, surrogates, marks, control bytes",
        "the copy is read right or repaired with a note; no byte stops a batch",
        (
            "feeds: copy_is_read_right_whatever_the_label control_characters_cost_no_entry",
            "formats: bytes_are_decoded_by_mark_content_label_and_trial "
            "a_byte_order_mark_does_not_spoil_the_first_row a_picture_is_rejected_as_binary",
            "clean: utf_8_read_as_windows_text_is_repaired_and_noted",
            "offsets: lone_surrogates_are_replaced_one_for_one_before_reading "
            "no_text_crashes_the_readers_or_has_an_offset_outside_it",
        ),
    ),
    Scenario(
        15,
        "XML that unfolds without end, fetches or breaks off",
        "refused by name; what stood before the break is kept",
        (
            "feeds: entities_that_do_harm_are_refused half_an_entry_is_no_story_and_what_came_"
            "before_is_kept old_feeds_with_harmless_declarations_pass",
            "sitemap: faults_cost_their_own_entry_and_a_break_what_comes_after",
            "newsml_g2: a_bomb_is_one_reject items_before_a_cut_are_kept_and_the_cut_is_told",
            "newsml1: entities_that_unfold_are_one_reject "
            "a_cut_leaves_the_items_before_it_and_one_reject",
            "nitf: entities_that_unfold_are_one_reject a_document_cut_anywhere_is_one_reject",
        ),
    ),
    Scenario(
        16,
        "WARC and gzip files that are torn, rotten or double",
        "a record costs itself and no other; a payload is kept once",
        (
            "archive: a_rotten_byte_costs_its_own_record_and_no_other "
            "a_known_payload_becomes_a_revisit_that_names_its_first_record "
            "an_address_that_leads_nowhere_is_told_by_its_code",
            "fetch: gzip_files_are_unpacked_and_damaged_ones_rejected",
            "backfill: a_damaged_record_costs_itself "
            "of_a_dump_that_breaks_off_the_stories_before_are_loaded",
        ),
    ),
    Scenario(
        17,
        "an item that crashes, hangs or bloats its reader",
        "it is a reject (crash, timeout, memory), its payload is kept, the batch goes on",
        (
            "faults/poison: "
            "what_crashes_hangs_or_wants_all_memory_is_put_aside_and_the_rest_is_loaded "
            "what_was_poison_is_read_once_the_reader_is_mended "
            "after_five_poisons_the_rest_of_a_part_is_put_aside_unread "
            "a_page_that_is_poison_leaves_its_entry_standing "
            "a_worker_that_is_killed_costs_no_part_and_no_order "
            "a_part_that_takes_too_long_is_salvaged_and_the_others_are_read "
            "readers_do_not_outlive_a_run_that_was_killed",
        ),
    ),
    Scenario(
        18,
        "the scheduler away, workers killed, late runs, the clock set wrong",
        "what was loaded stands and comes once; a source polled in a wrong year is due again",
        (
            "faults/clock: stories_come_once_whatever_the_clock_does "
            "a_source_polled_in_the_year_to_come_is_due_when_the_clock_is_right_again",
            "flows: a_run_whose_process_died_is_marked_as_crashed "
            "of_late_runs_the_latest_all_or_none_run_and_those_by_hand_always "
            "what_was_due_while_nobody_served_is_passed_over_but_for_the_latest "
            "a_server_that_does_not_answer_is_one_clear_line",
            "e2e/deployed: a_worker_that_was_killed_goes_on_where_it_was",
            "dask: a_lake_that_two_machines_read_for_has_the_rows_of_a_file_though_one_is_killed "
            "a_scheduler_that_dies_leaves_what_is_loaded_and_one_line",
        ),
    ),
    Scenario(
        19,
        "an outage longer than a feed reaches back",
        "the gap is on record, polled closer, and filled from the sitemap",
        (
            "polling: two_polls_that_share_no_story_are_a_gap_also_without_a_sitemap "
            "a_gap_is_filled_with_the_pages_of_its_time_that_are_missing "
            "a_gap_reaches_back_to_the_last_poll_that_went_well "
            "a_gap_whose_filling_was_cut_short_is_found_again",
            "schedule: a_gap_never_lengthens_the_interval",
        ),
    ),
    Scenario(
        20,
        "backfills beside live loads, killed, repeated; upgrades cut short; older code",
        "never double; the next run finishes; older code refuses a newer schema",
        (
            "backfill: killed_twice_it_ends_with_the_rows_of_one_left_alone "
            "a_window_given_twice_adds_nothing "
            "live_polling_takes_in_what_a_backfill_left_out "
            "between_two_loads_the_warehouse_is_free it_waits_for_another_that_writes",
            "lake: a_migration_that_was_killed_is_resumed "
            "a_migration_that_fails_leaves_nothing_of_itself",
            "upgrade: an_upgrade_that_is_killed_half_way_is_finished_by_the_next "
            "a_warehouse_of_a_newer_program_is_refused_and_left_alone",
        ),
    ),
    Scenario(
        21,
        "the archive alone is left",
        "an empty warehouse is rebuilt from it with the same rows",
        (
            "replay: a_warehouse_is_rebuilt_from_its_archive_alone "
            "a_polled_wire_is_rebuilt_with_the_pages_that_its_entries_led_to "
            "a_payload_that_is_damaged_or_gone_is_named_and_the_rest_goes_on",
        ),
    ),
)
