"""Every problem that the source can make has a fix that is proved on Keras, or a reason why none
would be honest; the list of codes is read from the source, so nothing is silently missing.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.infer.fixes.untrainable_designs import BROKEN
from tests.problem_codes import problem_codes

SOURCE = Path(__file__).parents[1] / "designer"
# What only hands on the code of a problem that was made elsewhere.
PASSED_ON = {"document/block_lines.py", "infer/brief.py"}

# Why a code has no fix of its own; the table of broken designs proves those of all others.
REASONS: Mapping[str, str] = {
    "An edit is refused, and the design is as it was: there is nothing to mend.": """
        bad_direction bad_title blocks_too_deep cannot_share group_around hollow_block id_taken
        long_note no_such_block no_such_mark no_such_node no_such_wire nothing_to_group
        nothing_to_paste port_outside foreign_text too_many_blocks too_many_marks too_many_nodes
    """,
    "It is told of a wire in the hand: letting go of it elsewhere is the way out.": """
        after_exit after_output axes_differ ports_full replaces too_small unknown_size
    """,
    "It is told of a value while it is typed, which does not enter the design.": """
        empty not_a_bool not_a_choice not_a_number not_a_shape not_an_int not_nullable not_whole
        open_bracket required too_long wrong_length
    """,
    "A file cannot be read as a design, and nobody's file is changed unasked.": """
        block_skipped bad_block bad_bypass bad_layer_file
        bad_share bad_version bad_wire broken_field
        broken_model cannot_read custom_code double_id double_wire end_in_block loose_wire
        newer_model newer_version no_example not_one_block no_input_shape not_a_design not_a_model
        not_a_notebook not_functional not_json not_text old_model too_large unknown_format
        unsupported_call
    """,
    "Code is the user's own: the line is told, and what it should say only they know.": """
        bad_call bad_encoding bad_syntax endless_code input_tensor nested no_network not_a_layer
        not_a_tensor not_constant other_inputs ready_made_model recursion subclass
        too_many_arguments unfit_value unknown_function unknown_merge unknown_value
    """,
    "A file of layers is run only after a yes, and what it should say only its author knows.": """
        custom_changed custom_died custom_empty custom_endless custom_exits custom_import
        custom_is_model custom_missing custom_name custom_needs custom_no_config custom_no_kwargs
        custom_not_loaded custom_odd custom_raised custom_syntax custom_unreadable
    """,
    "Which data to train with is the user's choice; the message says what the file lacks.": """
        array_too_large array_type bad_option half_validation input_count missing_array no_data
        no_data_file no_path no_sample_axis not_npz other_count other_lengths other_shapes
        patch_size pickled_array too_few_samples too_many_patches unknown_option unknown_source
    """,
    "The design has the same problem under a name of its own, and that one has the fix.": """
        activation_parameters empty_design no_inputs no_outputs no_port
    """,
    "No document can hold such a value: it guards what code is written of.": """
        cannot_serialize not_a_literal
    """,
    "The computer, a program or a file stands in the way, and no edit of the design helps.": """
        cannot_delete cannot_remove
        broken_run cannot_make_run cannot_resume cannot_start_run cannot_write
        file_exists graphviz_failed graphviz_missing graphviz_slow interpreter_missing
        newer_run no_checkpoint no_interpreter no_qt not_a_run picture_too_large run_failed
        run_gone run_is_live run_log_garbled run_lost run_never_started run_no_room worker_died
        worker_failed worker_keeps_dying worker_missing worker_no_keras worker_other_version
        worker_silent
    """,
    "It tells what was asked of the program, or what it has done: nothing is wrong.": """
        already_training model_copy no_model no_output_file no_picture_kind no_run
        not_checked_yet not_for_terminals not_trainable open_in_a_tab training_began translated
        unknown_layout
    """,
}


def test_every_problem_has_a_fix_that_is_proved_or_a_reason_why_not() -> None:
    made, _ = problem_codes(SOURCE)
    proved = {code for code, _ in BROKEN.values()}
    reasoned = [code for codes in REASONS.values() for code in codes.split()]
    assert sorted(made.keys() - proved - set(reasoned)) == []
    assert sorted({*proved, *reasoned} - made.keys()) == []
    assert sorted(code for code in reasoned if reasoned.count(code) > 1 or code in proved) == []


def test_every_code_in_the_source_can_be_followed_to_its_strings() -> None:
    _, lost = problem_codes(SOURCE)
    assert {place.partition(":")[0] for place in lost} <= PASSED_ON
