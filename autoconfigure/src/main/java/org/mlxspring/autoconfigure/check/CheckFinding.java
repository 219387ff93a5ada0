package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.Nullable;

/**
 * What a check found at one place. Nothing of a row's text is in it.
 *
 * @param check what was looked for
 * @param row id of the row; null where a whole split is meant
 * @param otherRow id of the row it is compared with; null where there is none
 * @param similarity how much the two rows are alike, from 0 to 1, estimated; null where they were not estimated
 * @param detail what is wrong, in words: a place, a length, a kind of data
 */
public record CheckFinding(
        CheckName check,
        @Nullable Long row,
        @Nullable Long otherRow,
        @Nullable Double similarity,
        String detail) {

    static CheckFinding of(CheckName check, long row, String detail) {
        return new CheckFinding(check, row, null, null, detail);
    }

    static CheckFinding of(CheckName check, long row, long otherRow, String detail) {
        return new CheckFinding(check, row, otherRow, null, detail);
    }

    static CheckFinding alike(CheckName check, long row, long otherRow, double similarity, String detail) {
        return new CheckFinding(check, row, otherRow, similarity, detail);
    }

    static CheckFinding ofVersion(CheckName check, String detail) {
        return new CheckFinding(check, null, null, null, detail);
    }
}
