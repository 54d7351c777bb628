"""Passages: where sentences stand, and whether a reader's copy still has them there."""

import pytest
import tiny

from parley import passages
from parley.errors import ParleyError

SPLIT = {
    "blank_lines_part_paragraphs": (
        "One\n\nTwo.\n \u00a0\nThree. Four.",
        [["One"], ["Two."], ["Three.", "Four."]],
    ),
    "one_line_end_does_not": ("Head\n\nOne two\nthree. Four.", [["Head"], ["One two\nthree.", "Four."]]),
    "white_space_is_no_part": (
        "\n\n Head \n\n\u00a0One. \u00a0 Two.\u00a0\n\n",
        [["Head"], ["One.", "Two."]],
    ),
    "quotes_belong_to_their_sentences": (
        'Head\n\nShe left. “We go. We stay.” Then he did. "No." The end.',
        [["Head"], ["She left.", "“We go.", "We stay.”", "Then he did.", '"No."', "The end."]],
    ),
    "a_quote_and_its_speaker_are_one": (
        'Head\n\n"We go," she said. "Now."',
        [["Head"], ['"We go," she said.', '"Now."']],
    ),
    "points_within_words_do_not_split": (
        "Head\n\nThe U.S. said 3.5 won't do, e.g. for Dr. Roe. It can't.",
        [["Head"], ["The U.S. said 3.5 won't do, e.g. for Dr. Roe.", "It can't."]],
    ),
    "marks_alone_are_no_sentence": ("Head\n\nIt ended. * * *", [["Head"], ["It ended. * * *"]]),
    "nothing_has_no_sentence": (" \n\n ", []),
}


@pytest.mark.parametrize(("text", "expected"), SPLIT.values(), ids=SPLIT)
def test_sentences_are_found(text, expected):
    rows = passages.split(text, "x")
    found = [
        [text[row.start : row.end] for row in paragraph.itertuples()]
        for _, paragraph in rows.groupby("paragraph", sort=True)
    ]
    assert found == expected


def test_a_row_says_its_place_and_its_hash():
    rows = passages.split("Head\n\nOne. Two.", "x").set_index("id")
    assert rows.index.tolist() == ["x.p01.s1", "x.p02.s1", "x.p02.s2"]
    assert rows["part"].tolist() == ["headline", "body", "body"]
    assert rows.loc["x.p02.s2", ["start", "end"]].tolist() == [11, 15]
    assert rows.loc["x.p02.s2", "sha256"] == passages.digest("Two.")


def test_offsets_count_code_points():
    text = "𝄞é\n\nOne."
    assert passages.split(text, "x")["start"].tolist() == [0, 4]


def statuses(text, copy):
    rows = passages.split(text, "x")
    return passages.verify(rows, copy)


def test_the_same_text_holds():
    found = statuses(tiny.TEXT, tiny.TEXT)
    assert set(found["status"]) == {"holds"}


def test_what_stands_elsewhere_has_moved():
    found = statuses(tiny.TEXT, "By a reporter\n\n" + tiny.TEXT)
    assert set(found["status"]) == {"moved"}
    assert found["start"].tolist() == (passages.split(tiny.TEXT, "x")["start"] + 15).tolist()


def test_sentences_in_another_order_have_moved():
    found = statuses("Head\n\nOne is. Two are.", "Head\n\nTwo are. One is.")
    assert found["status"].tolist() == ["holds", "moved", "moved"]
    assert found["start"].tolist() == [0, 15, 6]


def test_what_was_changed_is_gone_and_the_rest_has_not():
    found = statuses("Head\n\nOne is. Two are. Three.", "Head\n\nOne is. Two were. Three.")
    assert found["status"].tolist() == ["holds", "holds", "gone", "moved"]
    assert found["start"].isna().tolist() == [False, False, True, False]


def test_a_sentence_behind_words_that_were_put_before_it_has_moved():
    found = statuses("Head\n\nOne is. Two are.", "Head\n\nOne is. Advertisement: two are. Two are.")
    assert found.loc[2, ["status", "start"]].tolist() == ["moved", 38]
    found = statuses("Head\n\nTwo are.", "Head\n\nAs told Two are.")
    assert found.loc[1, ["status", "start"]].tolist() == ["moved", 14]


def test_a_long_text_is_searched_at_sentences_only(monkeypatch):
    monkeypatch.setattr(passages, "MOST_LOOKS", 5)
    assert statuses("Head\n\nTwo are.", "Head\n\nOne is. Two are.")["status"].tolist() == ["holds", "moved"]
    assert statuses("Head\n\nTwo are.", "Head\n\nAs told Two are.")["status"].tolist() == ["holds", "gone"]


def test_a_passage_behind_the_end_of_a_short_copy_is_gone():
    assert statuses("Head\n\nOne is.", "He")["status"].tolist() == ["gone", "gone"]


def test_every_kind_of_line_end_and_a_byte_order_mark_read_the_same(tmp_path):
    for data in (b"a\n\nb\n", b"a\r\n\r\nb\r\n", b"a\r\rb\r", b"\xef\xbb\xbfa\n\nb\n"):
        (tmp_path / "copy.txt").write_bytes(data)
        assert passages.text(tmp_path / "copy.txt") == "a\n\nb\n"


def test_a_byte_that_is_not_utf8_is_told_at_its_place(tmp_path):
    (tmp_path / "copy.txt").write_bytes("Zoë\r\nZo".encode() + b"\xeb")
    with pytest.raises(ParleyError, match=r"copy.txt, line 2: byte 0xeb at character 3 is not UTF-8"):
        passages.text(tmp_path / "copy.txt")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ParleyError, match=r"nowhere.txt: cannot be read \(No such file or directory\)"):
        passages.text(tmp_path / "nowhere.txt")
